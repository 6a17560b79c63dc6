using Dapper;
using Elsa.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Runtime;

/// <summary>What a host finds after it was away.</summary>
public sealed class TimerOrderTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task HandOut_Backlog_IsInOrderOfDueTimeAndNoMoreThanMayBeOut()
    {
        await using var runtime = new TestRuntime(database.Source);
        var instances = new List<string>();
        foreach (var hours in new[] { 4, 1, 3, 2 })
        {
            await runtime.PublishAsync(Flows.Chart($"backlog-{hours}", [$"d=delay:0{hours}:00:00", "z"], ["d>z"]));
            instances.Add((await runtime.StartAsync($"backlog-{hours}")).WorkflowInstanceId);
        }

        runtime.Time.Advance(TimeSpan.FromDays(1));

        var first = await HandOutAsync(runtime, 3);
        (await InstancesAsync(first)).ShouldBe([instances[1], instances[3], instances[2]]);
        (await HandOutAsync(runtime, 3)).ShouldBeEmpty();
        (await FireAsync(runtime, first[0])).ShouldBeTrue();
        (await InstancesAsync(await HandOutAsync(runtime, 3))).ShouldBe([instances[0]]);
        runtime.Time.Advance(Lease);
        (await HandOutAsync(runtime, 3)).Count.ShouldBe(3);
        (await FireAsync(runtime, first[0])).ShouldBeFalse();
    }

    [Theory]
    [InlineData("00:30:00", 0)]
    [InlineData("09:30:00", 1)]
    public async Task Fire_Late_SaysHowLateInTheJournal(string away, int lines)
    {
        await using var runtime = new TestRuntime(database.Source);
        var definition = "late-" + lines;
        await runtime.PublishAsync(Flows.Chart(definition, ["d=delay:00:30:00", "z"], ["d>z"]));
        var instance = (await runtime.StartAsync(definition)).WorkflowInstanceId;

        await runtime.AdvanceAsync(TimeSpan.Parse(away, System.Globalization.CultureInfo.InvariantCulture));

        await using var connection = await database.Source.OpenConnectionAsync();
        var said = (await connection.QueryAsync<string>("select message from elsa.journal where instance_id = @instance and event = 'Late'", new { instance })).AsList();
        said.Count.ShouldBe(lines);
        said.ShouldAllBe(message => message.EndsWith("fired 09:00:00 late.", StringComparison.Ordinal));
        (await connection.ExecuteScalarAsync<string>("select status from elsa.instances where id = @instance", new { instance })).ShouldBe("Finished");
    }

    [Theory]
    [InlineData("Elsa.Delay", "timeSpan", "3.00:00:00", 72)]
    [InlineData("Elsa.Timer", "interval", "1.12:00:00", 36)]
    [InlineData("Elsa.StartAt", "dateTime", "2026-11-25T09:00:00Z", 72)]
    [InlineData("Elsa.Cron", "cronExpression", "0 9 25 11 *", 72)]
    public async Task TimerActivity_ClockMoved_WaitsForItsMomentAndNoLonger(string type, string input, string value, int hours)
    {
        await using var runtime = new TestRuntime(database.Source);
        var definition = type.ToLowerInvariant();
        var chart = Flows.Chart(definition, [$"d={type}:{value}", "z"], ["d>z"]).Replace($"\"type\":\"{type}\",\"value\"", $"\"type\":\"{type}\",\"{input}\"", StringComparison.Ordinal);
        await runtime.PublishAsync(chart);
        var instance = (await runtime.StartAsync(definition)).WorkflowInstanceId;

        await runtime.AdvanceAsync(TimeSpan.FromHours(hours) - TimeSpan.FromSeconds(1));
        (await StatusAsync(instance)).ShouldBe("Running");
        await runtime.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await StatusAsync(instance)).ShouldBe("Finished");
    }

    private static Task<IReadOnlyList<string>> HandOutAsync(TestRuntime runtime, int most) =>
        runtime.InScopeAsync(services => services.GetRequiredService<TimerQueue>().HandOutAsync(most, Lease, CancellationToken.None));

    private static Task<bool> FireAsync(TestRuntime runtime, string id) =>
        runtime.InScopeAsync(services => services.GetRequiredService<TimerQueue>().FireAsync(id, CancellationToken.None));

    private async Task<IReadOnlyList<string>> InstancesAsync(IReadOnlyList<string> timers)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var found = (await connection.QueryAsync<(string Id, string Instance)>("select id, instance_id from elsa.timers where id = any(@ids)", new { ids = timers.ToArray() })).ToDictionary(row => row.Id, row => row.Instance, StringComparer.Ordinal);
        return [.. timers.Select(id => found[id])];
    }

    private async Task<string?> StatusAsync(string instance)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<string>("select status from elsa.instances where id = @instance", new { instance });
    }
}
