using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Elsa.Api;

/// <summary>What this server can do; the designer shows and hides parts of itself by it.</summary>
internal static class FeatureEndpoints
{
    private static readonly object[] Features =
    [
        .. new[] { "Expressions", "Workflows", "Flowchart", "WorkflowRuntime", "WorkflowDefinitions", "WorkflowInstances", "WorkflowManagement", "WorkflowsApi", "Identity", "RealTimeWorkflowUpdates", "JavaScript", "Liquid", "Scheduling", "Alterations" }
            .Select(name => new { name, @namespace = "Elsa", fullName = "Elsa." + name, displayName = name, description = "" }),
    ];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/features/installed", () => ElsaApi.Json(new { items = Features, count = Features.Length })).Permit("read:*", "read:installed-features");
        api.MapGet("/features/installed/{fullName}", (string fullName) =>
            Array.Find(Features, feature => (string?)feature.GetType().GetProperty("fullName")!.GetValue(feature) == fullName) is { } found ? ElsaApi.Json(found) : Results.NotFound())
            .Permit("read:*", "read:installed-features");
        api.MapGet("/package/version", () => ElsaApi.Json(new { packageVersion = "3.8.0" })).AllowAnonymous();
        api.MapGet("/resilience/retries/{executionId}", (string executionId) => ElsaApi.Json(new { items = Array.Empty<object>(), totalCount = 0, links = Array.Empty<object>() })).Permit("read:*", "read:resilience:retries");
    }
}
