using System.Text.Json;
using System.Text.Json.Nodes;
using Elsa.Common.Models;
using Elsa.Definitions;
using Elsa.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Elsa.Api;

/// <summary>Definitions as files, one or a zip of many.</summary>
internal static class DefinitionFileEndpoints
{
    private const long LargestEntry = 16 * 1024 * 1024;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapMethods("/workflow-definitions/{definitionId}/export", ["GET", "POST"], ExportAsync).Permit("read:workflow-definitions");
        api.MapPost("/bulk-actions/export/workflow-definitions", ExportManyAsync).Permit("read:workflow-definitions");
        api.MapMethods("/workflow-definitions/import", ["POST", "PUT"], ImportAsync).Permit("write:workflow-definitions");
        api.MapMethods("/workflow-definitions/{definitionId}/import", ["POST", "PUT"], ImportAsAsync).Permit("write:workflow-definitions");
        api.MapPost("/workflow-definitions/import-files", ImportFilesAsync).Permit("write:workflow-definitions");
    }

    private static async Task<IResult> ExportAsync(string definitionId, string? versionOptions, bool? includeConsumingWorkflows, DefinitionStore definitions, DefinitionReferences references, CancellationToken ct)
    {
        if (await definitions.FindAsync(definitionId, ApiJson.Version(versionOptions) ?? VersionOptions.Latest, ct) is not { } row)
            return Results.NotFound();
        return includeConsumingWorkflows == true
            ? await ManyAsync(await WithConsumersAsync([row], definitions, references, ct), ct)
            : JsonFiles.One(DefinitionView.Export(row), FileName(row));
    }

    private static async Task<IResult> ExportManyAsync(HttpRequest request, DefinitionStore definitions, DefinitionReferences references, CancellationToken ct)
    {
        var body = await ApiJson.BodyAsync(request);
        var rows = new List<DefinitionRow>();
        foreach (var id in ApiJson.Texts(body, "ids").Distinct(StringComparer.Ordinal))
        {
            if (await definitions.FindAsync(id, ct) is { } row)
                rows.Add(row);
        }

        if (rows.Count == 0)
            return Results.NoContent();
        return await ManyAsync(ApiJson.Flag(body, "includeConsumingWorkflows") == true ? await WithConsumersAsync(rows, definitions, references, ct) : rows, ct);
    }

    /// <summary>With what uses them, at any distance, each in its latest version.</summary>
    private static async Task<List<DefinitionRow>> WithConsumersAsync(List<DefinitionRow> rows, DefinitionStore definitions, DefinitionReferences references, CancellationToken ct)
    {
        var ids = rows.Select(row => row.DefinitionId).ToHashSet(StringComparer.Ordinal);
        foreach (var row in rows.ToList())
        {
            foreach (var id in (await references.ConsumersAsync(row.DefinitionId, ct)).Where(ids.Add))
                rows.Add((await definitions.FindAsync(id, VersionOptions.Latest, ct))!);
        }

        return rows;
    }

    private static Task<IResult> ManyAsync(IEnumerable<DefinitionRow> rows, CancellationToken ct) =>
        JsonFiles.ManyAsync(rows.OrderBy(row => row.DefinitionId, StringComparer.Ordinal).Select(row => (FileName(row), (JsonNode)DefinitionView.Export(row))), "workflow-definitions.zip", ct);

    private static async Task<IResult> ImportAsync(HttpRequest request, DefinitionStore definitions, CancellationToken ct)
    {
        var model = await ApiJson.DefinitionAsync(request);
        var status = string.IsNullOrWhiteSpace(ActivityReader.Text(model, "definitionId")) ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        return ElsaApi.Json(DefinitionView.Of(await definitions.SaveDraftAsync(model, null, ct)), status);
    }

    /// <summary>The file's own ids are dropped: they may be another definition's.</summary>
    private static async Task<IResult> ImportAsAsync(string definitionId, HttpRequest request, DefinitionStore definitions, CancellationToken ct)
    {
        var model = JsonSerializer.SerializeToNode(await ApiJson.DefinitionAsync(request))!.AsObject();
        model.Remove("id");
        model["definitionId"] = definitionId;
        return ElsaApi.Json(DefinitionView.Of(await definitions.SaveDraftAsync(JsonSerializer.SerializeToElement(model), null, ct)));
    }

    private static async Task<IResult> ImportFilesAsync(HttpRequest request, DatabaseSession session, DefinitionStore definitions, CancellationToken ct)
    {
        var files = (await request.ReadFormAsync(ct)).Files;
        var count = await session.InTransactionAsync(async token =>
        {
            var imported = 0;
            foreach (var file in files)
            {
                foreach (var text in await JsonFiles.ReadAsync(file, LargestEntry, token))
                {
                    await definitions.SaveDraftAsync(DefinitionText.Parse(text), null, token);
                    imported++;
                }
            }

            return imported;
        }, ct);
        return ElsaApi.Json(new { count });
    }

    private static string FileName(DefinitionRow row) =>
        $"workflow-definition-{string.Join('-', (row.Name ?? "").ToLowerInvariant().Split([' ', '/', '\\', '"'], StringSplitOptions.RemoveEmptyEntries))}-{row.DefinitionId}-{row.Id}.json";
}
