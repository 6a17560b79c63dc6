using Dapper;

namespace Elsa.Persistence;

/// <summary>Deletes definitions. Counted is what is gone or taken back. A version that an instance stands on is taken back and kept: without it the instance could be neither run nor shown.</summary>
internal sealed class DefinitionDeletion(DatabaseSession session)
{
    public Task<int> DeleteDefinitionsAsync(string[] definitionIds, CancellationToken ct) =>
        DeleteAsync("definition_id = any(@keys)", false, definitionIds, ct);

    public Task<int> DeleteVersionsAsync(string[] ids, CancellationToken ct) => DeleteAsync("id = any(@keys)", true, ids, ct);

    private Task<int> DeleteAsync(string where, bool byVersion, string[] keys, CancellationToken ct) => session.InTransactionAsync(async token =>
    {
        var used = await session.Connection.QueryAsync<string>(new(
            $"select id from elsa.definitions d where {where} and exists (select 1 from elsa.instances i where i.version_id = d.id and i.status = 'Running')", new { keys }, cancellationToken: token));
        var kept = used.ToArray();
        var deleted = (await session.Connection.QueryAsync<string>(new(
            $"delete from elsa.definitions where {where} and id <> all(@kept) returning definition_id", new { keys, kept }, cancellationToken: token))).AsList();
        var retracted = await session.Connection.QueryAsync<string>(new(
            """
            delete from elsa.triggers where version_id = any(@kept);
            update elsa.definitions set is_published = false, revision = revision + 1 where id = any(@kept) and is_published returning definition_id
            """,
            new { kept },
            cancellationToken: token));
        await session.Connection.ExecuteAsync(new(
            """
            update elsa.definitions d set is_latest = true where d.definition_id = any(@affected)
              and not exists (select 1 from elsa.definitions l where l.definition_id = d.definition_id and l.is_latest)
              and d.version = (select max(version) from elsa.definitions m where m.definition_id = d.definition_id)
            """,
            new { affected = deleted.Distinct(StringComparer.Ordinal).ToArray() },
            cancellationToken: token));
        deleted.AddRange(retracted);
        return byVersion ? deleted.Count : deleted.Distinct(StringComparer.Ordinal).Count();
    }, ct);
}
