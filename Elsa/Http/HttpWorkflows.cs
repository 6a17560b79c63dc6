using System.Text.Json;
using Elsa.Http.Bookmarks;
using Elsa.Http.Options;
using Elsa.Persistence;
using Elsa.Runtime;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Elsa.Http;

/// <summary>Serves one request: finds its endpoint, reads it, runs one burst, and answers when that is committed.</summary>
internal sealed class HttpWorkflows(HttpRoutes routes, HttpExchange exchange, DatabaseSession session, InstanceStarter starter, InstanceRunner runner, IOptions<HttpActivityOptions> options, TimeProvider time)
{
    public async Task HandleAsync(HttpContext http)
    {
        var path = HttpRoutes.Normalize((string?)http.GetRouteValue("path") ?? "");
        var correlationId = Named(http, "x-correlation-id", "correlationId");
        var matches = await routes.FindAsync(path.ToLowerInvariant(), http.Request.Method, Named(http, "x-workflow-instance-id", "workflowInstanceId"), correlationId, http.RequestAborted);
        if (matches.Count != 1)
        {
            await RefuseAsync(http, matches.Count == 0 ? StatusCodes.Status404NotFound : StatusCodes.Status500InternalServerError, matches.Count == 0 ? null : "The call is ambiguous and matches multiple workflows.");
            return;
        }

        var payload = matches[0].ReadPayload();
        if (await DenyAsync(http, payload) is { } status)
            await RefuseAsync(http, status, null);
        else if (await ReadAsync(http, path, payload) is { } request)
            await RunAsync(http, matches[0], payload.RequestTimeout, request, correlationId);
    }

    private async Task RunAsync(HttpContext http, HttpMatch match, TimeSpan? limit, ReceivedRequest request, string? correlationId)
    {
        using var timeout = limit is { } span ? new CancellationTokenSource(span, time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, timeout.Token);
        WorkflowExecutionContext? workflow = null;
        try
        {
            await session.InTransactionAsync(async ct =>
            {
                session.AfterCommit(_ =>
                {
                    exchange.Close();
                    return Task.CompletedTask;
                });
                exchange.Open(request);
                workflow = match.BookmarkId is { } bookmarkId
                    ? await runner.ResumeAsync(match.InstanceId!, bookmark => bookmark.Id == bookmarkId, null, ct)
                    : await starter.TryStartAsync(WorkflowDefinitionHandle.ByDefinitionVersionId(match.VersionId!), new() { CorrelationId = correlationId, TriggerActivityId = match.ActivityId }, ct);
            }, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && exchange.IsOpen)
        {
            // Still open, so it was not committed: the whole burst is undone, and the client may send the request again.
            exchange.Close();
            await RefuseAsync(http, StatusCodes.Status408RequestTimeout, null);
            return;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            // Committed; what follows the commit is found again from what is stored.
        }

        // Checkpoint: a crash here means the burst is stored and the client heard nothing. It sees a broken connection, not a success.
        if (exchange.Response is { } response)
            await SendAsync(http, response);
        else if (workflow is null)
            await RefuseAsync(http, match.BookmarkId is null ? StatusCodes.Status409Conflict : StatusCodes.Status404NotFound, null);
        else if (workflow.SubStatus == WorkflowSubStatus.Faulted)
            await RefuseAsync(http, StatusCodes.Status500InternalServerError, null);
    }

    private async Task<ReceivedRequest?> ReadAsync(HttpContext http, string path, HttpEndpointBookmarkPayload payload)
    {
        var limit = payload.RequestSizeLimit ?? options.Value.RequestSizeLimit;
        try
        {
            var request = await HttpRequestReader.ReadAsync(http.Request, path, limit, http.RequestAborted);
            if (request.Files.Length == 0 || payload.Uploads is not { } rules || rules.Check(request.Files) is not { } refusal)
                return request;
            if (rules.Exposed.Contains(refusal.Outcome, StringComparer.Ordinal))
                return request with { RefusedAs = refusal.Outcome };
            await RefuseAsync(http, refusal.Status, refusal.Message);
        }
        catch (RequestTooLargeException) when (payload.ExposeRequestTooLargeOutcome)
        {
            return HttpRequestReader.Head(http.Request, path) with { RefusedAs = "Request too large" };
        }
        catch (RequestTooLargeException)
        {
            await RefuseAsync(http, StatusCodes.Status413PayloadTooLarge, $"The maximum request size allowed is {limit} bytes.");
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, e.Message);
        }

        return null;
    }

    private static async Task<int?> DenyAsync(HttpContext http, HttpEndpointBookmarkPayload payload)
    {
        if (payload.Authorize != true)
            return null;
        if (http.User.Identity?.IsAuthenticated != true)
            return StatusCodes.Status401Unauthorized;
        if (string.IsNullOrWhiteSpace(payload.Policy))
            return null;
        var allowed = await http.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(http.User, http, payload.Policy);
        return allowed.Succeeded ? null : StatusCodes.Status403Forbidden;
    }

    private static string? Named(HttpContext http, string header, string query) =>
        http.Request.Headers[header].ToString() is { Length: > 0 } sent ? sent : http.Request.Query[query].ToString() is { Length: > 0 } asked ? asked : null;

    private static Task RefuseAsync(HttpContext http, int status, string? message)
    {
        http.Response.StatusCode = status;
        return message is null ? Task.CompletedTask : http.Response.WriteAsJsonAsync(new { message }, http.RequestAborted);
    }

    private static async Task SendAsync(HttpContext http, ComposedResponse composed)
    {
        var response = http.Response;
        if (composed is { FileName: { } fileName, Body: { } file })
        {
            var tag = composed.EntityTag is { } given && EntityTagHeaderValue.TryParse(given is ['"', ..] or ['W', '/', ..] ? given : $"\"{given}\"", out var parsed) ? parsed : null;
            await TypedResults.File(file, composed.ContentType, fileName, composed.IsResumable, entityTag: tag).ExecuteAsync(http);
            return;
        }

        response.StatusCode = composed.StatusCode;
        foreach (var (name, values) in composed.Headers)
            response.Headers[name] = values;
        if (composed.ContentType is { } type)
            response.ContentType = type;
        if (composed.Body is { } body)
            await response.Body.WriteAsync(body, http.RequestAborted);
    }
}
