using Dapper;
using Npgsql;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Runtime;

/// <summary>Bursts that touch nothing but their instances are read without a lock and commit together: nothing of them is lost, mixed up or done twice.</summary>
public sealed class GroupCommitTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bursts_AtTheSameTime_CommitTogetherEachWithItsOwn()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("group", ["f=fork:A,B", "e=event:group-go", "d=delay:01:00:00", "c=js:setN(getN() + getCorrelationId().length)", "j=join:WaitAll", "z"], ["f.A>e", "f.B>d", "e>c", "c>j", "d>j", "j>z"]));
        var started = await Task.WhenAll(Enumerable.Range(1, 60).Select(i => runtime.StartAsync("group", correlationId: new string('x', i))));

        await Task.WhenAll(started.Select(start => runtime.EventAsync("group-go", instanceId: start.WorkflowInstanceId)));

        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        var rows = (await connection.QueryAsync<(int Length, int N, int Bursts, int History, int Bookmarks, int Timers)>(
            """
            select length(correlation_id), coalesce((i.state::json -> 'executions' -> 0 -> 'memory' ->> 'v_N')::int, 0), i.bursts,
              (select count(*)::int from elsa.history h where h.instance_id = i.id), (select count(*)::int from elsa.bookmarks b where b.instance_id = i.id), (select count(*)::int from elsa.timers t where t.instance_id = i.id)
            from elsa.instances i where definition_id = 'group' order by 1
            """)).ToList();
        rows.Select(row => row.Length).ShouldBe(Enumerable.Range(1, 60));
        rows.ShouldAllBe(row => row.N == row.Length && row.Bursts == 2 && row.History == 2 && row.Bookmarks == 1 && row.Timers == 1);
        (await connection.ExecuteScalarAsync<int>("select count(distinct xmin::text)::int from elsa.history where instance_id in (select id from elsa.instances where definition_id = 'group')"))
            .ShouldBeLessThan(120, "A transaction each would mean that none went together.");
        await runtime.AdvanceAsync(TimeSpan.FromHours(1));
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.instances where definition_id = 'group' and sub_status = 'Finished'")).ShouldBe(60);
    }

    /// <summary>More rows than one statement takes.</summary>
    [Fact]
    public async Task Burst_WithManyBookmarks_StoresEachWithItsOwn()
    {
        await using var runtime = new TestRuntime(database.Source);
        var numbers = Enumerable.Range(1, 150).ToList();
        await runtime.PublishAsync(Flows.Chart("many", [$"f=fork:{string.Join(',', numbers.Select(n => $"B{n}"))}", .. numbers.Select(n => $"e{n}=event:many-{n}")], [.. numbers.Select(n => $"f.B{n}>e{n}")]));

        var id = (await runtime.StartAsync("many")).WorkflowInstanceId;

        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        (await connection.QueryAsync<(string, string)>("select activity_id, payload::text from elsa.bookmarks where instance_id = @id order by number", new { id }))
            .ShouldBe(numbers.Select(n => ($"e{n}", $$"""{"eventName":"many-{{n}}"}""")));
        foreach (var n in numbers)
            await runtime.EventAsync($"many-{n}", instanceId: id);
        (await connection.QuerySingleAsync<(string, int)>("select sub_status, bursts from elsa.instances where id = @id", new { id })).ShouldBe(("Finished", 151));
    }

    [Fact]
    public async Task Burst_ThatCannotBeStored_FailsAlone()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("poison", ["e=event:poison-go"], []));

        var starts = Enumerable.Range(0, 30).Select(i => runtime.StartAsync("poison", correlationId: (i % 10) switch { 5 => "no text for PostgreSQL: \0", 7 => "no text at all: \ud800", _ => "fine" })).ToList();
        await Task.WhenAll(starts).ContinueWith(_ => { }, TaskScheduler.Default);

        starts.Where(start => start.IsFaulted).GroupBy(start => start.Exception!.InnerException is PostgresException).Select(alike => alike.Count()).ShouldBe([3, 3]);
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.instances where definition_id = 'poison'")).ShouldBe(24);
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.bookmarks b join elsa.instances i on i.id = b.instance_id where definition_id = 'poison'")).ShouldBe(24);
    }

    [Fact]
    public async Task Instance_ThatCannotBeAskedFor_FailsAlone()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("asked", ["e=event:asked-go"], []));
        var ids = (await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => runtime.StartAsync("asked")))).Select(start => start.WorkflowInstanceId);

        var events = ids.SelectMany((id, i) => i % 10 == 5 ? new[] { id, "no id: \0", "no text at all: \ud800" } : [id]).Select(id => runtime.EventAsync("asked-go", instanceId: id)).ToList();
        await Task.WhenAll(events).ContinueWith(_ => { }, TaskScheduler.Default);

        events.Count(sent => sent.IsFaulted).ShouldBe(6);
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.instances where definition_id = 'asked' and sub_status = 'Finished'")).ShouldBe(30);
    }

    [Fact]
    public async Task Instance_ChangedSinceItWasRead_IsReadAgain()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("changed", ["e=event:changed-go", "n=js:setN(getN() + 1)", "w=event:changed-end"], ["e>n", "n>w"]));
        var id = (await runtime.StartAsync("changed")).WorkflowInstanceId;

        await WhileChangedAsync("update elsa.instances set correlation_id = 'changed meanwhile' where id = @id", id, () => runtime.EventAsync("changed-go", instanceId: id));

        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        (await connection.QuerySingleAsync<(string, int)>("select correlation_id, bursts from elsa.instances where id = @id", new { id })).ShouldBe(("changed meanwhile", 2));
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.executions where instance_id = @id and activity_id = 'n'", new { id })).ShouldBe(1);
    }

    [Fact]
    public async Task Instance_DeletedSinceItWasRead_LeavesNothing()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("deleted", ["e=event:deleted-go", "w=event:deleted-end"], ["e>w"]));
        var id = (await runtime.StartAsync("deleted")).WorkflowInstanceId;

        await WhileChangedAsync("delete from elsa.instances where id = @id", id, () => runtime.EventAsync("deleted-go", instanceId: id));

        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        (await connection.ExecuteScalarAsync<int>("select (select count(*) from elsa.bookmarks where instance_id = @id)::int + (select count(*) from elsa.history where instance_id = @id)::int", new { id })).ShouldBe(0);
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.stimuli where instance_id = @id", new { id })).ShouldBe(1, "The event waits, as for any instance that is not there.");
    }

    [Fact]
    public async Task Hold_OfTwoReadersOfOneInstance_IsRefused()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("held", ["e=event:held-go"], []));
        var id = (await runtime.StartAsync("held")).WorkflowInstanceId;
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);

        await connection.ExecuteAsync("select elsa.hold(array[@id], array[(select xmin from elsa.instances where id = @id)])", new { id });
        var twice = await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync("select elsa.hold(array[@id, @id], array[xmin, xmin]) from elsa.instances where id = @id", new { id }));

        twice.SqlState.ShouldBe(PostgresErrorCodes.SerializationFailure);
    }

    /// <summary>Begins work on an instance that another transaction has changed and not committed yet, and commits that when the work has come to its lock.</summary>
    private async Task WhileChangedAsync(string change, string id, Func<Task> work)
    {
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await connection.ExecuteAsync(change, new { id });
        var working = work();
        await using var watch = await database.Source.OpenConnectionAsync(Cancellation);
        while (!await watch.ExecuteScalarAsync<bool>("select exists (select from pg_locks where not granted and pid in (select pid from pg_stat_activity where datname = current_database()))"))
            working.IsCompleted.ShouldBeFalse("The instance is locked by the change.");
        await transaction.CommitAsync(Cancellation);
        await working;
    }
}
