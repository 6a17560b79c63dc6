using System.Text.Json;
using Dapper;
using Elsa.Execution;
using Elsa.Http.Bookmarks;
using Elsa.Persistence;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace Elsa.Http;

/// <summary>What a request is for: a trigger to start with, or a bookmark to resume.</summary>
internal sealed record HttpMatch
{
    /// <summary>Of path and method.</summary>
    public string Hash { get; init; } = "";

    /// <summary>How the endpoint is served, as JSON.</summary>
    public string? Payload { get; init; }

    public string? VersionId { get; init; }

    public string? ActivityId { get; init; }

    public string? InstanceId { get; init; }

    public string? BookmarkId { get; init; }

    public HttpEndpointBookmarkPayload ReadPayload() => JsonSerializer.Deserialize<HttpEndpointBookmarkPayload>(Payload ?? "{}", JsonSerializerOptions.Web)!;
}

/// <summary>Finds the endpoints that a path and a method reach. A literal path goes before templates, a narrower template before a wider one.</summary>
internal sealed class HttpRoutes(DatabaseSession session)
{
    /// <param name="path">Below the base path.</param>
    /// <param name="method">Of the request.</param>
    /// <param name="instanceId">Narrows the search to an instance that waits.</param>
    /// <param name="correlationId">Narrows the search among instances that wait.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Those of the best path: triggers, or if there are none bookmarks. More than one is ambiguous.</returns>
    public Task<IReadOnlyList<HttpMatch>> FindAsync(string path, string method, string? instanceId, string? correlationId, CancellationToken ct) => session.InTransactionAsync<IReadOnlyList<HttpMatch>>(async token =>
    {
        var templates = await session.Connection.QueryAsync<string>(new(
            """
            select payload->>'path' from elsa.triggers where name = 'Elsa.HttpEndpoint' and payload->>'path' like '%{%'
            union
            select payload->>'path' from elsa.bookmarks where name = 'Elsa.HttpEndpoint' and payload->>'path' like '%{%'
            """,
            cancellationToken: token));
        var hashes = Candidates(path, templates).Select(candidate => StimulusHash.Of(HttpStimulusNames.HttpEndpoint, new HttpEndpointBookmarkPayload(candidate, method))).ToArray();
        await using var found = await session.Connection.QueryMultipleAsync(new(
            """
            select hash as "Hash", payload::text as "Payload", version_id as "VersionId", activity_id as "ActivityId"
            from elsa.triggers where hash = any(@hashes) and @instanceId::text is null;
            select b.hash as "Hash", b.payload::text as "Payload", b.instance_id as "InstanceId", b.id as "BookmarkId"
            from elsa.bookmarks b join elsa.instances i on i.id = b.instance_id
            where b.hash = any(@hashes) and i.status = 'Running' and (@instanceId::text is null or i.id = @instanceId) and (@correlationId::text is null or i.correlation_id = @correlationId)
            order by b.created_at limit 20
            """,
            new { hashes, instanceId, correlationId },
            cancellationToken: token));
        var triggers = (await found.ReadAsync<HttpMatch>()).AsList();
        var bookmarks = (await found.ReadAsync<HttpMatch>()).AsList();
        foreach (var hash in hashes)
        {
            if (triggers.FindAll(match => match.Hash == hash) is { Count: > 0 } starts)
                return starts;
            if (bookmarks.FindAll(match => match.Hash == hash) is { Count: > 0 } waits)
                return waits;
        }

        return [];
    }, ct);

    public static string Normalize(string path) => $"/{path.Trim().Trim('/')}";

    /// <summary>The values that a path gives to the parameters of a template; null when it does not match.</summary>
    public static Dictionary<string, object>? Match(string template, string path)
    {
        var parsed = Parse(template);
        var values = new RouteValueDictionary();
        return parsed is not null && new TemplateMatcher(parsed, Defaults(parsed)).TryMatch(path, values)
            ? values.ToDictionary(value => value.Key, value => value.Value!, StringComparer.OrdinalIgnoreCase)
            : null;
    }

    private static IEnumerable<string> Candidates(string path, IEnumerable<string> templates) =>
        templates.Where(template => Match(template, path) is not null).OrderBy(template => RoutePrecedence.ComputeInbound(Parse(template)!)).ThenBy(template => template, StringComparer.Ordinal).Prepend(path);

    /// <summary>A template that nothing can match is passed over: it must not take the others down.</summary>
    private static RouteTemplate? Parse(string template)
    {
        try
        {
            return TemplateParser.Parse(Normalize(template)[1..]);
        }
        catch (Exception e) when (e is ArgumentException or RoutePatternException)
        {
            return null;
        }
    }

    private static RouteValueDictionary Defaults(RouteTemplate template) =>
        new(template.Parameters.Where(parameter => parameter.DefaultValue is not null).Select(parameter => KeyValuePair.Create(parameter.Name!, parameter.DefaultValue)));
}
