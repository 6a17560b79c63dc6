using System.Text.Json;
using Dapper;
using Elsa.Common.Models;
using Elsa.Definitions;
using Elsa.Execution;
using Elsa.Expressions;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Models;

namespace Elsa.Persistence;

/// <summary>Definitions and their versions: what is saved goes into the draft after the published one, until that is published.</summary>
internal sealed class DefinitionStore(DatabaseSession session, DefinitionJson json, GraphCache graphs, DefinitionActivities definitionActivities, TriggerIndex triggers, TimeProvider time)
{
    public Task<DefinitionRow?> FindAsync(string versionId, CancellationToken ct) => DefinitionRows.FindAsync(session.Connection, versionId, ct);

    public Task<DefinitionRow?> FindAsync(string definitionId, VersionOptions options, CancellationToken ct) => DefinitionRows.FindAsync(session.Connection, definitionId, options, ct);

    /// <summary>The compiled version that a handle names; null when there is none.</summary>
    public async Task<WorkflowGraph?> FindGraphAsync(WorkflowDefinitionHandle handle, CancellationToken ct) => (await FindRevisionAsync(handle, ct))?.Graph;

    /// <summary>
    /// The version to start. The published one is taken from memory at first, with the revision that the insert of the instance then
    /// checks: that spares a start its question. When it is outdated the transaction is repeated, and asks.
    /// </summary>
    /// <returns>The compiled version, and the revision to check; null where it was asked for.</returns>
    public async ValueTask<(WorkflowGraph? Graph, int? Revision)> FindToStartAsync(WorkflowDefinitionHandle handle, CancellationToken ct)
    {
        var isPublished = handle is { DefinitionId: not null, DefinitionVersionId: null } && (handle.VersionOptions ?? VersionOptions.Published).IsPublished;
        if (isPublished && session.Attempt == 1 && graphs.FindPublished(handle.DefinitionId!) is { } remembered)
            return (remembered.Graph, remembered.Revision);
        var found = await FindRevisionAsync(handle, ct);
        if (isPublished && found is not null)
            graphs.RememberPublished(found);
        return (found?.Graph, null);
    }

    private async Task<CompiledRevision?> FindRevisionAsync(WorkflowDefinitionHandle handle, CancellationToken ct)
    {
        await session.BeginAsync(ct);
        // The model is read only when the version is not compiled yet: a start needs no more than these two columns.
        var options = handle.VersionOptions ?? VersionOptions.Published;
        var where = handle.DefinitionVersionId is not null ? "id = @id" : $"definition_id = @definitionId and {DefinitionRows.Matches(options)} order by version desc limit 1";
        var found = await session.Connection.QueryFirstOrDefaultAsync<(string Id, int Revision)?>(new(
            $"select id, revision from elsa.definitions where {where}", new { id = handle.DefinitionVersionId, definitionId = handle.DefinitionId, version = options.Version }, cancellationToken: ct));
        return found is { } version ? new(await graphs.GetAsync(version.Id, version.Revision, ct), version.Revision) : null;
    }

    /// <summary>Saves a model as the definition's draft: the one there is, or a new version after the published one.</summary>
    /// <param name="model">The definition.</param>
    /// <param name="sourceHash">Of the file that it comes from, if any.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="keepDraft">Whether a draft that there is stays as it is, and a version after it is made.</param>
    /// <exception cref="JsonException">The model is no definition, or too large.</exception>
    public Task<DefinitionRow> SaveDraftAsync(JsonElement model, string? sourceHash, CancellationToken ct, bool keepDraft = false) => session.InTransactionAsync(async token =>
    {
        await definitionActivities.RefreshAsync(session.Connection, token);
        var workflow = json.Read(model);
        DefinitionSize.Check(model, json.Activities(workflow));
        var definitionId = workflow.Identity.DefinitionId is { Length: > 0 } given ? given : Identity.New();
        await LockAsync(definitionId, token);
        var latest = await FindAsync(definitionId, VersionOptions.Latest, token);
        var draft = keepDraft || latest is not { IsPublished: false } ? null : latest;
        var row = new DefinitionRow
        {
            Id = draft is not null ? draft.Id : workflow.Identity.Id is { Length: > 0 } id && latest is null && await FindAsync(id, token) is null ? id : Identity.New(),
            DefinitionId = definitionId,
            Version = draft?.Version ?? (latest?.Version ?? 0) + 1,
            Revision = (draft?.Revision ?? 0) + 1,
            Name = workflow.WorkflowMetadata.Name,
            Description = workflow.WorkflowMetadata.Description,
            IsLatest = true,
            ActivityType = ActivityTypeOf(workflow),
            SourceHash = sourceHash,
            Model = json.Write(workflow).ToJsonString(JsonText.Options),
            CreatedAt = draft?.CreatedAt ?? time.GetUtcNow().UtcDateTime,
        };
        await session.Connection.ExecuteAsync(new(
            """
            update elsa.definitions set is_latest = false where definition_id = @DefinitionId and id <> @Id and is_latest;
            insert into elsa.definitions (id, definition_id, version, revision, name, description, is_latest, is_published, activity_type, source_hash, model, created_at)
            values (@Id, @DefinitionId, @Version, @Revision, @Name, @Description, true, false, @ActivityType, @SourceHash, @Model::json, @CreatedAt)
            on conflict (id) do update set revision = excluded.revision, name = excluded.name, description = excluded.description, activity_type = excluded.activity_type,
              source_hash = excluded.source_hash, model = excluded.model;
            delete from elsa.definition_uses where version_id = @Id
            """,
            row,
            cancellationToken: token));
        await session.Connection.ExecuteAsync(new(
            "insert into elsa.definition_uses (version_id, used_definition_id) select @Id, unnest(@used)", new { row.Id, used = json.Uses(workflow).ToArray() }, cancellationToken: token));
        return row;
    }, ct);

    /// <summary>Makes a version the one that new instances use, and its triggers the ones that start them.</summary>
    public Task<DefinitionRow> PublishAsync(DefinitionRow row, CancellationToken ct) => session.InTransactionAsync(async token =>
    {
        await LockAsync(row.DefinitionId, token);
        await session.Connection.ExecuteAsync(new(
            """
            delete from elsa.triggers where definition_id = @DefinitionId;
            update elsa.definitions set is_published = false where definition_id = @DefinitionId and is_published;
            update elsa.definitions set is_published = true where id = @Id
            """,
            row,
            cancellationToken: token));
        var published = row with { IsPublished = true };
        await triggers.StoreAsync(graphs.GetOrCompile(published), token);
        return published;
    }, ct);

    /// <summary>Takes a published version back: running instances go on, new ones do not start.</summary>
    public Task<DefinitionRow> RetractAsync(DefinitionRow row, CancellationToken ct) => session.InTransactionAsync(async token =>
    {
        await session.Connection.ExecuteAsync(new(
            "delete from elsa.triggers where version_id = @Id; update elsa.definitions set is_published = false, revision = revision + 1 where id = @Id", row, cancellationToken: token));
        return row with { IsPublished = false, Revision = row.Revision + 1 };
    }, ct);

    internal static string? ActivityTypeOf(Workflow workflow) =>
        workflow.Options.UsableAsActivity == true && workflow.WorkflowMetadata.Name is { Length: > 0 } name ? PascalCase.Of(name) : null;

    /// <summary>Two people who save or publish one definition take turns.</summary>
    internal Task LockAsync(string definitionId, CancellationToken ct) =>
        session.Connection.ExecuteAsync(new("select pg_advisory_xact_lock(hashtextextended(@key, 0))", new { key = "elsa.definition:" + definitionId }, cancellationToken: ct));
}

/// <summary>JSON text as it is stored and exported: Chinese stays readable.</summary>
internal static class JsonText
{
    public static readonly JsonSerializerOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
