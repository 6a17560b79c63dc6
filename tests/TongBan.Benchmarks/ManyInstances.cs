using Npgsql;

namespace TongBan.Benchmarks;

/// <summary>Copies of a suspended instance, made in the database, to see what a full one costs.</summary>
internal static class ManyInstances
{
    private const string Copies =
        """
        insert into elsa.instances (id, definition_id, version_id, version, status, sub_status, name, correlation_id, incident_count, journal_length, state, created_at, updated_at)
        select 'copy' || n, definition_id, version_id, version, status, sub_status, name, 'copy' || n, incident_count, journal_length, state, created_at, updated_at
        from elsa.instances, generate_series($2::int, $3::int) n where id = $1;
        insert into elsa.bookmarks (id, instance_id, name, hash, activity_id, node_id, activity_instance_id, payload, callback, auto_burn, auto_complete, metadata, created_at, number)
        select id || n, 'copy' || n, name, md5(n::text), activity_id, node_id, activity_instance_id, payload, callback, auto_burn, auto_complete, metadata, created_at, number
        from elsa.bookmarks, generate_series($2::int, $3::int) n where instance_id = $1;
        insert into elsa.history select 'copy' || n, burst, first, at, journal, executions
        from elsa.history, generate_series($2::int, $3::int) n where instance_id = $1
        """;

    public static async Task PrepareAsync(NpgsqlDataSource source)
    {
        await using var floor = source.CreateCommand(
            "create table floor (id int primary key, n int not null) with (fillfactor = 60); insert into floor select n, 0 from generate_series(0, 63) n; create table entries (id bigint generated always as identity primary key, n int not null)");
        await floor.ExecuteNonQueryAsync();
    }

    /// <summary>Brings the number of stored instances up to a size, with their bookmarks and journals.</summary>
    public static async Task FillAsync(NpgsqlDataSource source, int size, Func<Task<string>> start)
    {
        await using var count = source.CreateCommand("select count(*)::int from elsa.instances where id like 'copy%'");
        var stored = (int)(await count.ExecuteScalarAsync())!;
        if (stored >= size)
            return;
        var original = await start();
        foreach (var statement in Copies.Split(';'))
        {
            await using var copy = source.CreateCommand(statement);
            copy.CommandTimeout = 0;
            copy.Parameters.Add(new() { Value = original });
            copy.Parameters.Add(new() { Value = stored + 1 });
            copy.Parameters.Add(new() { Value = size });
            await copy.ExecuteNonQueryAsync();
        }

        foreach (var statement in new[] { "vacuum analyze elsa.instances", "vacuum analyze elsa.bookmarks", "vacuum analyze elsa.history", "checkpoint" })
        {
            await using var settle = source.CreateCommand(statement);
            settle.CommandTimeout = 0;
            await settle.ExecuteNonQueryAsync();
        }
    }
}
