using Elsa.Runtime;
using Elsa.Scheduling.Activities;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Runtime;

public sealed class TimerTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    [Fact]
    public async Task Timer_FiredByManyHosts_FiresOnce()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("timer-once", ["d=delay:01:00:00", "z"], ["d>z"]));
        await runtime.StartAsync("timer-once");
        runtime.Time.Advance(TimeSpan.FromHours(1));
        var timer = (await runtime.InScopeAsync(services => services.GetRequiredService<TimerQueue>().FetchDueAsync(runtime.Time.GetUtcNow(), 10, CancellationToken.None))).Single();

        var fired = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => runtime.InScopeAsync(services => services.GetRequiredService<TimerQueue>().FireAsync(timer.Id, CancellationToken.None))));

        fired.Count(once => once).ShouldBe(1);
    }

    [Fact]
    public async Task Timer_NotDueYet_DoesNotFire()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("timer-early", ["d=delay:02:00:00", "z"], ["d>z"]));
        await runtime.StartAsync("timer-early");
        var due = await runtime.InScopeAsync(services => services.GetRequiredService<TimerQueue>().FetchDueAsync(runtime.Time.GetUtcNow().AddDays(1), 10, CancellationToken.None));

        foreach (var timer in due.Where(timer => timer.DueAt > runtime.Time.GetUtcNow()))
            (await runtime.InScopeAsync(services => services.GetRequiredService<TimerQueue>().FireAsync(timer.Id, CancellationToken.None))).ShouldBeFalse();
    }

    [Fact]
    public async Task StartAt_InAWorkflow_NotesWhenItRan()
    {
        var run = await MemoryRun.StartAsync(MemoryRun.Compile(new StartAt(DateTimeOffset.UnixEpoch) { Id = "at" }));

        run.Completed.ShouldBe("at");
        run.Workflow.Journal.Entries.Last(entry => entry.Context.Activity.Id == "at").Context.JournalData["Executed At"].ShouldBeOfType<DateTimeOffset>();
    }

    [Fact]
    public async Task Timer_OfACancelledBranch_IsGone()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Flows.Chart("timer-gone", ["k=fork:A,B", "e=event:timer-gone", "d=delay:03:00:00", "j=join:WaitAny"], ["k.A>e", "k.B>d", "e>j", "d>j"]));
        var before = await CountAsync(runtime);
        await runtime.StartAsync("timer-gone");

        await runtime.EventAsync("timer-gone");

        (await CountAsync(runtime)).ShouldBe(before);
    }

    private static async Task<int> CountAsync(TestRuntime runtime) =>
        (await runtime.InScopeAsync(services => services.GetRequiredService<TimerQueue>().FetchDueAsync(DateTimeOffset.MaxValue, 1000, CancellationToken.None))).Count;
}
