using Npgsql;

namespace Elsa.Persistence;

/// <summary>SQL and its parameters, <c>$1</c> and on.</summary>
internal sealed record Query(string Sql, params NpgsqlParameter[] Parameters)
{
    /// <summary>
    /// For statements over the rows of several bursts, which are found by keys, to the end of the transaction: they are planned once, and a plan that
    /// was made while a table was all but empty must not be to read all of it ever after.
    /// </summary>
    public static Query ByIndex => new("select set_config('enable_seqscan', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)");

    public NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand(Sql);
        foreach (var parameter in Parameters)
            command.Parameters.Add(parameter);
        return command;
    }
}
