using System.Security.Claims;
using Elsa.Persistence;
using TongBan.Domain;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Catalogue.Versions;
using TongBan.Domain.People;
using TongBan.Domain.Places;
using TongBan.Host.Features.Catalogue.Sheets;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;
using TongBan.Host.Sheets;

namespace TongBan.Host.Features.Catalogue;

/// <summary>What an import did, or would do.</summary>
/// <param name="Unchanged">Rows that say what the catalogue says already.</param>
internal sealed record ImportResult(int Created, int Updated, int Unchanged, IReadOnlyList<RejectedRow> Rejected, IReadOnlyList<ImportChange> Changes);

/// <summary>A row that changes an item, or adds one.</summary>
internal sealed record ImportChange(int Row, string Code, string Name, bool IsNew, IReadOnlyList<ImportField> Fields);

/// <summary>A field that changes.</summary>
internal sealed record ImportField(string Field, string Title, string Before, string After);

/// <summary>Imports the catalogue from a sheet, in one transaction.</summary>
internal sealed class ImportItems(DatabaseSession session, CatalogueStore catalogue, ItemVersions versions, PlaceStore places)
{
    private const int MostChangesShown = 200;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/items/import", async (
            ImportItems handler, HttpRequest request, ClaimsPrincipal user, CancellationToken cancellation, bool atomic = false, bool preview = false, DateOnly? validFrom = null) =>
        {
            if ((await OpenAsync(request, cancellation)).IsRefused(out var refusal, out var file))
                return refusal.ToProblem();
            await using var content = file;
            var result = await handler.HandleAsync(content, atomic, preview, validFrom, user.ToActor(), cancellation);
            return result.Answer(done => atomic && !preview && done.Rejected.Count > 0 ? Refused(done) : Results.Ok(done));
        })
            .RequireAuthorization(Policies.For(Act.KeepCatalogue))
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(SheetReader.LargestFile + (1024 * 1024)))
            .DisableAntiforgery()
            .WithSummary("Import items from CSV or XLSX, as the body or as the form's file; preview=true changes nothing");

    public async Task<Result<ImportResult>> HandleAsync(Stream file, bool atomic, bool preview, DateOnly? validFrom, Actor by, CancellationToken cancellation)
    {
        if ((await SheetReader.ReadAsync(file, cancellation)).IsRefused(out var refusal, out var rows))
            return refusal;
        if ((await ItemSheet.ReadAsync(rows, catalogue, places)).IsRefused(out refusal, out var sheet))
            return refusal;
        var changes = sheet.Changes.Where(change => change.IsChange).ToList();
        if (atomic && sheet.Rejected.Count > 0 && !preview)
            return new ImportResult(0, 0, 0, sheet.Rejected, []);
        if (!preview)
            await session.InTransactionAsync(ct => StoreAsync(changes, validFrom, by, ct), cancellation);
        return new ImportResult(
            changes.Count(change => change.Before is null), changes.Count(change => change.Before is not null), sheet.Changes.Count - changes.Count, sheet.Rejected,
            [.. changes.Take(MostChangesShown).Select(Show)]);
    }

    private async Task StoreAsync(IEnumerable<ItemChange> changes, DateOnly? validFrom, Actor by, CancellationToken cancellation)
    {
        foreach (var change in changes)
        {
            // A new item is there at once; what changes may have its day.
            var stored = await versions.ChangeAsync(change.Item, change.Before is null ? null : validFrom, "批量导入", by, cancellation);
            _ = stored.Value;
        }
    }

    private static ImportChange Show(ItemChange change) => new(
        change.Row, change.Item.Code, change.Item.Name, change.Before is null,
        change.Before is null ? [] : [.. change.Fields().Select(field => new ImportField(field.Column.Field, field.Column.Title, field.Before, field.After))]);

    private static IResult Refused(ImportResult result) => TypedResults.Problem(
        statusCode: StatusCodes.Status422UnprocessableEntity, title: "有不合规的行，整个文件都没有导入", detail: "有不合规的行，整个文件都没有导入",
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["code"] = "import_rejected", ["created"] = 0, ["updated"] = 0, ["rejected"] = result.Rejected,
        });

    private static async Task<Result<Stream>> OpenAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasFormContentType)
            return request.Body;
        try
        {
            return (await request.ReadFormAsync(cancellation)).Files is [var file, ..] ? file.OpenReadStream() : Stream.Null;
        }
        catch (Exception exception) when (exception is InvalidDataException || (exception is IOException and not BadHttpRequestException))
        {
            return new SheetUnreadable("上传的表单不完整，请重新选择文件");
        }
    }
}
