using Dapper;
using Elsa.Calls;
using Microsoft.Extensions.DependencyInjection;

namespace TongBan.Elsa.Tests.Calls;

/// <summary>Makes calls as a host's jobs would.</summary>
internal static class CallRuns
{
    /// <returns>The ids of the calls that were due.</returns>
    public static async Task<IReadOnlyList<string>> MakeDueAsync(this TestRuntime runtime)
    {
        var ids = await runtime.InScopeAsync(services => services.GetRequiredService<CallQueue>().HandOutAsync(100, TimeSpan.FromSeconds(30), CancellationToken.None));
        foreach (var id in ids)
            await runtime.MakeAsync(id);
        return ids;
    }

    public static Task<bool> MakeAsync(this TestRuntime runtime, string id) =>
        runtime.InScopeAsync(services => services.GetRequiredService<CallQueue>().MakeAsync(id, CancellationToken.None));

    /// <summary>The texts that an instance wrote, in order.</summary>
    public static async Task<string> CompletedAsync(this ElsaDatabase database, string definitionId)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return string.Join(' ', await connection.QueryAsync<string>(
            """
            select e.activity_id from elsa.journal j join elsa.executions e on e.id = j.execution_id join elsa.instances i on i.id = j.instance_id
            where i.definition_id = @definitionId and j.event = 'Completed' and e.activity_type = 'Elsa.WriteLine' order by j.instance_id, j.sequence
            """,
            new { definitionId }));
    }

    public static async Task<string?> ErrorAsync(this ElsaDatabase database, string definitionId)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<string?>(
            "select j.message from elsa.journal j join elsa.instances i on i.id = j.instance_id where i.definition_id = @definitionId and j.event = 'Error' limit 1", new { definitionId });
    }

    public static async Task<int> CallsAsync(this ElsaDatabase database, string definitionId)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.calls c join elsa.instances i on i.id = c.instance_id where i.definition_id = @definitionId", new { definitionId });
    }
}
