using Elsa.Common.Models;
using Elsa.Definitions;
using Elsa.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Elsa.Api;

/// <summary>Many definitions at once. Each is done for itself: one that is refused does not hold up the others.</summary>
internal static class DefinitionBulkEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/bulk-actions/publish/workflow-definitions/by-definition-ids", PublishAsync).Permit("publish:workflow-definitions");
        api.MapPost("/bulk-actions/retract/workflow-definitions/by-definition-ids", RetractAsync).Permit("retract:workflow-definitions");
        api.MapPost("/bulk-actions/delete/workflow-definitions/by-definition-id", async (HttpRequest request, DefinitionDeletion deletion, CancellationToken ct) =>
            ElsaApi.Json(new { deleted = await deletion.DeleteDefinitionsAsync(ApiJson.Texts(await ApiJson.BodyAsync(request), "definitionIds"), ct) })).Permit("delete:workflow-definitions");
        api.MapPost("/bulk-actions/delete/workflow-definitions/by-id", async (HttpRequest request, DefinitionDeletion deletion, CancellationToken ct) =>
            ElsaApi.Json(new { deleted = await deletion.DeleteVersionsAsync(ApiJson.Texts(await ApiJson.BodyAsync(request), "ids"), ct) })).Permit("delete:workflow-definitions");
        api.MapPost("/actions/workflow-definitions/refresh", RefreshAsync).Permit("actions:workflow-definitions:refresh");
        api.MapPost("/actions/workflow-definitions/reload", () => Results.Ok()).Permit("actions:workflow-definitions:reload");
    }

    private static async Task<IResult> PublishAsync(HttpRequest request, DefinitionStore definitions, DefinitionPublisher publisher, CancellationToken ct)
    {
        List<string> published = [], already = [], notFound = [], failed = [], updated = [];
        foreach (var id in ApiJson.Texts(await ApiJson.BodyAsync(request), "definitionIds"))
        {
            if (await definitions.FindAsync(id, VersionOptions.Latest, ct) is not { } row)
            {
                notFound.Add(id);
                continue;
            }

            var outcome = await publisher.PublishAsync(row, ct);
            (outcome.WasPublished ? already : outcome.Errors.Count > 0 ? failed : published).Add(id);
            updated.AddRange(outcome.Followers?.Select(follower => follower.DefinitionId) ?? []);
        }

        return ElsaApi.Json(new { published, alreadyPublished = already, notFound, skipped = Array.Empty<string>(), updatedConsumers = updated.Distinct(StringComparer.Ordinal), failed, warnings = new { } });
    }

    private static async Task<IResult> RetractAsync(HttpRequest request, DefinitionStore definitions, CancellationToken ct)
    {
        List<string> retracted = [], already = [], notFound = [];
        foreach (var id in ApiJson.Texts(await ApiJson.BodyAsync(request), "definitionIds"))
        {
            if (await definitions.FindAsync(id, VersionOptions.Published, ct) is { } row)
            {
                await definitions.RetractAsync(row, ct);
                retracted.Add(id);
            }
            else
            {
                (await definitions.FindAsync(id, VersionOptions.Latest, ct) is null ? notFound : already).Add(id);
            }
        }

        return ElsaApi.Json(new { retracted, alreadyRetracted = already, skipped = Array.Empty<string>(), notPublished = already, notFound });
    }

    /// <summary>Nothing is kept in memory that could be stale; the answer says which definitions there are.</summary>
    private static async Task<IResult> RefreshAsync(HttpRequest request, DefinitionStore definitions, CancellationToken ct)
    {
        List<string> refreshed = [], notFound = [];
        foreach (var id in ApiJson.Texts(await ApiJson.BodyAsync(request), "definitionIds"))
            (await definitions.FindAsync(id, VersionOptions.Latest, ct) is null ? notFound : refreshed).Add(id);
        return ElsaApi.Json(new { refreshed, notFound });
    }
}
