using System.Text.Json;
using System.Text.Json.Nodes;
using Elsa.Common.Models;
using Elsa.Definitions;
using Elsa.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;

namespace Elsa.Api;

/// <summary>One definition: load, save, publish, retract, revert, delete.</summary>
internal static class DefinitionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/workflow-definitions", SaveAsync).Permit("write:workflow-definitions");
        foreach (var path in (string[])["/workflow-definitions/by-definition-id/{definitionId}", "/workflow-definitions/{definitionId}"])
        {
            api.MapGet(path, async (string definitionId, string? versionOptions, DefinitionStore definitions, NpgsqlConnection connection, CancellationToken ct) =>
                await ShowAsync(await definitions.FindAsync(definitionId, ApiJson.Version(versionOptions) ?? VersionOptions.Latest, ct), connection, ct)).Permit("read:workflow-definitions");
        }

        api.MapGet("/workflow-definitions/by-id/{id}", async (string id, DefinitionStore definitions, NpgsqlConnection connection, CancellationToken ct) =>
            await ShowAsync(await definitions.FindAsync(id, ct), connection, ct)).Permit("read:workflow-definitions");
        api.MapPost("/workflow-definitions/{definitionId}/publish", PublishAsync).Permit("publish:workflow-definitions");
        api.MapPost("/workflow-definitions/{definitionId}/retract", RetractAsync).Permit("retract:workflow-definitions");
        api.MapPost("/workflow-definitions/{definitionId}/revert/{version:int}", RevertAsync).Permit("publish:workflow-definitions");
        api.MapDelete("/workflow-definitions/{definitionId}", async (string definitionId, DefinitionDeletion deletion, CancellationToken ct) =>
            await deletion.DeleteDefinitionsAsync([definitionId], ct) > 0 ? Results.NoContent() : Results.NotFound()).Permit("delete:workflow-definitions");
        api.MapDelete("/workflow-definitions/{definitionId}/version/{version:int}", async (string definitionId, int version, DefinitionStore definitions, DefinitionDeletion deletion, CancellationToken ct) =>
            await definitions.FindAsync(definitionId, VersionOptions.SpecificVersion(version), ct) is { } row && await deletion.DeleteVersionsAsync([row.Id], ct) > 0 ? Results.NoContent() : Results.NotFound()).Permit("delete:workflow-definitions");
        api.MapDelete("/workflow-definition-versions/{id}", async (string id, DefinitionDeletion deletion, CancellationToken ct) =>
            await deletion.DeleteVersionsAsync([id], ct) > 0 ? Results.NoContent() : Results.NotFound()).Permit("delete:workflow-definitions");
        api.MapGet("/workflow-definitions/{definitionId}/consumers", async (string definitionId, DefinitionStore definitions, DefinitionReferences references, CancellationToken ct) =>
            await definitions.FindAsync(definitionId, VersionOptions.Latest, ct) is null ? Results.NotFound() : ElsaApi.Json(new { consumingWorkflowDefinitionIds = await references.ConsumersAsync(definitionId, ct) })).Permit("read:workflow-definitions");
        api.MapPost("/workflow-definitions/{definitionId}/update-references", UpdateReferencesAsync).Permit("publish:workflow-definitions");
    }

    private static async Task<IResult> ShowAsync(DefinitionRow? row, NpgsqlConnection connection, CancellationToken ct) =>
        row is null ? Results.NotFound() : ElsaApi.Json(await UsedVersions.RenewAsync(row, connection, ct));

    internal static IResult Answer(PublishOutcome outcome, DefinitionRow row) => outcome.Errors.Count > 0
        ? ElsaApi.Invalid("generalErrors", [.. outcome.Errors])
        : ElsaApi.Json(new { workflowDefinition = DefinitionView.Of(row), alreadyPublished = outcome.WasPublished, consumingWorkflowCount = outcome.Followers?.Count ?? 0, validationErrors = Array.Empty<string>() });

    /// <summary>Saves, and with <c>publish</c> publishes in the same transaction; what may not be published is not saved either.</summary>
    private static async Task<IResult> SaveAsync(HttpRequest request, DatabaseSession session, DefinitionStore definitions, DefinitionPublisher publisher, CancellationToken ct)
    {
        if (!request.HasJsonContentType())
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var body = await ApiJson.DefinitionAsync(request);
        if (ApiJson.Member(body, "model") is not { ValueKind: JsonValueKind.Object } model)
            return ElsaApi.Invalid("model", "A model is required.");
        CheckRoot(model);
        PublishOutcome? refused = null;
        var saved = await SaveOrRefuseAsync();
        return refused is not null ? Answer(refused, refused.Row) : Answer(saved! with { WasPublished = false }, saved.Row);

        async Task<PublishOutcome?> SaveOrRefuseAsync()
        {
            try
            {
                return await session.InTransactionAsync(async token =>
                {
                    var row = await definitions.SaveDraftAsync(model, null, token);
                    if (ApiJson.Flag(body, "publish") != true)
                        return new PublishOutcome(row, []);
                    var outcome = await publisher.PublishAsync(row, token, model);
                    return outcome.Errors.Count == 0 ? outcome : throw new PublishRefusedException(outcome);
                }, ct);
            }
            catch (PublishRefusedException e)
            {
                refused = e.Outcome;
                return null;
            }
        }
    }

    private static async Task<IResult> UpdateReferencesAsync(string definitionId, DatabaseSession session, DefinitionStore definitions, DefinitionPublisher publisher, CancellationToken ct) =>
        await definitions.FindAsync(definitionId, VersionOptions.Published, ct) is { } row
            ? ElsaApi.Json(new { affectedWorkflows = (await session.InTransactionAsync(token => publisher.FollowAsync(row, token), ct)).Select(follower => follower.Name ?? follower.DefinitionId) })
            : Results.NotFound();

    private static void CheckRoot(JsonElement model)
    {
        if (ApiJson.Member(model, "root") is not { ValueKind: not JsonValueKind.Null } root)
            return;
        if (root.ValueKind != JsonValueKind.Object)
            throw new ApiInputException("model.root", "The root is no activity.");
        if (ApiJson.Text(root, "type") is null)
            throw new ApiInputException("model.root", "Failed to extract activity type property");
    }

    private static async Task<IResult> PublishAsync(string definitionId, DefinitionStore definitions, DefinitionPublisher publisher, CancellationToken ct)
    {
        if (await definitions.FindAsync(definitionId, VersionOptions.Latest, ct) is not { } row)
            return Results.NotFound();
        var outcome = await publisher.PublishAsync(row, ct);
        return Answer(outcome, outcome.Row);
    }

    private static async Task<IResult> RetractAsync(string definitionId, DefinitionStore definitions, CancellationToken ct)
    {
        if (await definitions.FindAsync(definitionId, VersionOptions.LatestOrPublished, ct) is null)
            return Results.NotFound();
        return await definitions.FindAsync(definitionId, VersionOptions.Published, ct) is { } row
            ? ElsaApi.Json(DefinitionView.Of(await definitions.RetractAsync(row, ct)))
            : ElsaApi.Invalid("generalErrors", $"Workflow with id {definitionId} is not published");
    }

    /// <summary>An old version becomes the newest, which is a draft; one that there is stays, as a version before it.</summary>
    private static async Task<IResult> RevertAsync(string definitionId, int version, DefinitionStore definitions, CancellationToken ct)
    {
        if (await definitions.FindAsync(definitionId, VersionOptions.SpecificVersion(version), ct) is not { } old)
            return Results.NotFound();
        var model = JsonNode.Parse(old.Model)!.AsObject();
        model["definitionId"] = definitionId;
        var draft = await definitions.SaveDraftAsync(JsonSerializer.SerializeToElement(model), null, ct, keepDraft: true);
        return Results.Text(DefinitionView.Outline(draft).ToJsonString(ApiJson.Options), "application/json", statusCode: StatusCodes.Status201Created);
    }

    private sealed class PublishRefusedException(PublishOutcome outcome) : Exception
    {
        public PublishOutcome Outcome { get; } = outcome;
    }
}
