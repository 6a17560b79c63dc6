using TongBan.Domain.Catalogue;
using TongBan.Domain.Cases;
using TongBan.Host.Features.Catalogue.Sheets;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;
using TongBan.Host.Sheets;

namespace TongBan.Host.Features.Catalogue;

/// <summary>The catalogue as a sheet, in the columns that an import reads.</summary>
internal static class ExportItems
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/items/export", async (CatalogueStore catalogue, CancellationToken cancellation, string? format = null, string? sector = null) =>
        {
            var items = await catalogue.AllAsync(sector, cancellation);
            var sheet = new Sheet("事项目录", [.. ItemColumn.All.Select(column => column.Title)], items.Select(item => (IReadOnlyList<string?>)[.. ItemColumn.All.Select(column => column.Write(item))]));
            return sheet.As(format) ?? new FieldInvalid("format", "格式为 csv 或 xlsx").ToProblem();
        }).RequireAuthorization(Policies.For(Act.ExportCatalogue)).WithSummary("Export the catalogue as CSV or XLSX");
}
