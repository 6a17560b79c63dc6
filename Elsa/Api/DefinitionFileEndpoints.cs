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
        api.MapPost("/workflow-definitions/import", async (HttpRequest request, DefinitionStore definitions, CancellationToken ct) =>
            ElsaApi.Json(DefinitionView.Of(await definitions.SaveDraftAsync(await ApiJson.DefinitionAsync(request), null, ct)))).Permit("write:workflow-definitions");
        api.MapPut("/workflow-definitions/{definitionId}/import", ImportAsAsync).Permit("write:workflow-definitions");
        api.MapPost("/workflow-definitions/import-files", ImportFilesAsync).Permit("write:workflow-definitions");
    }

    private static async Task<IResult> ExportAsync(string definitionId, string? versionOptions, DefinitionStore definitions, CancellationToken ct) =>
        await definitions.FindAsync(definitionId, ApiJson.Version(versionOptions) ?? VersionOptions.Latest, ct) is { } row
            ? JsonFiles.One(DefinitionView.Export(row), FileName(row))
            : Results.NotFound();

    private static async Task<IResult> ExportManyAsync(HttpRequest request, DefinitionStore definitions, CancellationToken ct)
    {
        var exported = new List<(string, JsonNode)>();
        foreach (var id in ApiJson.Texts(await ApiJson.BodyAsync(request), "ids"))
        {
            if (await definitions.FindAsync(id, ct) is { } row)
                exported.Add((FileName(row), DefinitionView.Export(row)));
        }

        return await JsonFiles.ManyAsync(exported, "workflow-definitions.zip", ct);
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
