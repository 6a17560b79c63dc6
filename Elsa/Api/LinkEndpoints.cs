using System.Text.Json;
using Elsa.Expressions.Helpers;
using Elsa.Http;
using Elsa.Runtime;
using Elsa.Workflows.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Elsa.Api;

/// <summary>Follows the links that workflows hand out: whoever has one may, signed in or not. A link whose bookmark is gone does nothing and says so to nobody.</summary>
internal static class LinkEndpoints
{
    private const int MostBytes = 1024 * 1024;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/events/trigger", TriggerAsync).AllowAnonymous();
        api.MapMethods("/bookmarks/resume", ["GET", "POST"], ResumeAsync).AllowAnonymous();
    }

    private static async Task<IResult> TriggerAsync(string? t, ResumeLinks links, IEventPublisher events, CancellationToken ct)
    {
        if (links.Read(t) is not { EventName: { } name } target)
            return BadToken();
        await events.PublishAsync(name, workflowInstanceId: target.WorkflowInstanceId, cancellationToken: ct);
        return Results.Ok();
    }

    private static async Task<IResult> ResumeAsync(string? t, HttpRequest request, ResumeLinks links, InstanceRunner runner, CancellationToken ct)
    {
        if (links.Read(t) is not { BookmarkId: { } bookmarkId } target)
            return BadToken();
        IDictionary<string, object>? input;
        try
        {
            input = await InputAsync(request);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ElsaApi.Invalid("generalErrors", "Request body is too large.");
        }
        catch (JsonException)
        {
            return ElsaApi.Invalid("generalErrors", "Invalid input format. Expected a valid JSON string.");
        }

        await runner.ResumeAsync(target.WorkflowInstanceId, bookmark => bookmark.Id == bookmarkId, input, ct);
        return Results.Ok();
    }

    private static async Task<IDictionary<string, object>?> InputAsync(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method))
            return request.Query["in"].ToString() is { Length: > 0 } text ? Map(JsonDocument.Parse(text).RootElement) : null;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
            server.MaxRequestBodySize = MostBytes; // A body may come without saying its length.
        return ApiJson.Member(await ApiJson.BodyAsync(request), "input") is { ValueKind: not JsonValueKind.Null } input ? Map(input) : null;
    }

    private static Dictionary<string, object> Map(JsonElement json) => json.ValueKind == JsonValueKind.Object ? JsonValues.ReadMap(json) : throw new JsonException("What a link brings is an object.");

    private static IResult BadToken() => ElsaApi.Invalid("generalErrors", "Invalid token.");
}
