using System.Text.Json;
using System.Text.Json.Nodes;
using Elsa.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Elsa.Api;

/// <summary>Instances as files, one or a zip of many.</summary>
internal static class InstanceFileEndpoints
{
    private const long LargestEntry = 64 * 1024 * 1024;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapMethods("/workflow-instances/{id}/export", ["GET", "POST"], async (string id, HttpRequest request, InstanceFiles files, CancellationToken ct) =>
            await AnswerAsync([id], await ReadAsync(request), files, ct)).Permit("read:workflow-instances");
        api.MapMethods("/bulk-actions/export/workflow-instances", ["GET", "POST"], async (HttpRequest request, InstanceFiles files, CancellationToken ct) =>
        {
            var body = await ReadAsync(request);
            return await AnswerAsync(ApiJson.Texts(body, "ids"), body, files, ct);
        }).Permit("read:workflow-instances");
        api.MapPost("/bulk-actions/import/workflow-instances", ImportAsync).Permit("write:workflow-instances");
    }

    private static async Task<JsonElement> ReadAsync(HttpRequest request) => HttpMethods.IsPost(request.Method) ? await ApiJson.BodyAsync(request) : default;

    private static async Task<IResult> AnswerAsync(string[] ids, JsonElement options, InstanceFiles files, CancellationToken ct)
    {
        var with = new InstanceFileParts(ApiJson.Flag(options, "includeBookmarks") == true, ApiJson.Flag(options, "includeActivityExecutionLog") == true, ApiJson.Flag(options, "includeWorkflowExecutionLog") == true);
        if (ids is [var single])
            return await files.ExportAsync(single, with, ct) is { } file ? JsonFiles.One(file, FileName(single)) : Results.NotFound();
        var exported = new List<(string, JsonNode)>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            if (await files.ExportAsync(id, with, ct) is { } one)
                exported.Add((FileName(id), one));
        }

        return exported.Count == 0 ? Results.NoContent() : await JsonFiles.ManyAsync(exported, "workflow-instances.zip", ct);
    }

    /// <summary>All or none: one file that cannot be taken leaves everything as it was.</summary>
    private static async Task<IResult> ImportAsync(HttpRequest request, DatabaseSession session, InstanceFiles files, CancellationToken ct)
    {
        if (!request.HasFormContentType)
            return ElsaApi.Invalid("files", "A form with files is required.");
        var form = await request.ReadFormAsync(ct);
        var imported = await session.InTransactionAsync(async token =>
        {
            var count = 0;
            foreach (var file in form.Files)
            {
                foreach (var text in await JsonFiles.ReadAsync(file, LargestEntry, token))
                {
                    await files.ImportAsync(JsonNode.Parse(text, documentOptions: Persistence.StoredValues.Deep) as JsonObject ?? throw new JsonException($"'{file.FileName}' is no exported instance."), token);
                    count++;
                }
            }

            return count;
        }, ct);
        return ElsaApi.Json(new { imported, count = imported }); // Studio reads the second, which the original leaves out.
    }

    private static string FileName(string instanceId) => $"workflow-instance-{instanceId}.json";
}
