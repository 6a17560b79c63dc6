using Dapper;
using Elsa.Common.Models;
using Npgsql;

namespace Elsa.Persistence;

/// <summary>A version of a definition as it is stored.</summary>
internal sealed record DefinitionRow
{
    public required string Id { get; init; }

    public required string DefinitionId { get; init; }

    public required int Version { get; init; }

    public int Revision { get; init; } = 1;

    public string? Name { get; init; }

    public string? Description { get; init; }

    public bool IsLatest { get; init; }

    public bool IsPublished { get; init; }

    public bool IsSystem { get; init; }

    public bool IsReadonly { get; init; }

    /// <summary>The type name as an activity; null when it may not be used as one.</summary>
    public string? ActivityType { get; init; }

    public string? SourceHash { get; init; }

    public required string Model { get; init; }

    public required DateTime CreatedAt { get; init; }
}

internal static class DefinitionRows
{
    public const string Columns =
        """
        id, definition_id as "DefinitionId", version, revision, name, description, is_latest as "IsLatest", is_published as "IsPublished", is_system as "IsSystem", is_readonly as "IsReadonly",
        activity_type as "ActivityType", source_hash as "SourceHash", model::text, created_at as "CreatedAt"
        """;

    public static Task<DefinitionRow?> FindAsync(NpgsqlConnection connection, string versionId, CancellationToken ct) =>
        connection.QuerySingleOrDefaultAsync<DefinitionRow>(new($"select {Columns} from elsa.definitions where id = @versionId", new { versionId }, cancellationToken: ct));

    public static Task<DefinitionRow?> FindAsync(NpgsqlConnection connection, string definitionId, VersionOptions options, CancellationToken ct) =>
        connection.QueryFirstOrDefaultAsync<DefinitionRow>(new(
            $"select {Columns} from elsa.definitions where definition_id = @definitionId and {Matches(options)} order by version desc limit 1",
            new { definitionId, version = options.Version },
            cancellationToken: ct));

    /// <summary>The condition that picks a version.</summary>
    public static string Matches(VersionOptions options) => options switch
    {
        { AllVersions: true } => "true",
        { IsLatest: true } => "is_latest",
        { IsPublished: true } => "is_published",
        { IsDraft: true } => "not is_published",
        { IsLatestOrPublished: true } => "(is_latest or is_published)",
        { IsLatestAndPublished: true } => "is_latest and is_published",
        _ => "version = @version",
    };
}
