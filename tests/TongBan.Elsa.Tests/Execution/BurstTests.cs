using System.Diagnostics;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Execution;

public sealed class BurstTests
{
    private const int MostFrames = 8;

    [Fact]
    public async Task Activity_DeepInContainers_IsFewFramesFromTheRunner()
    {
        string[] frames = [];
        IActivity activity = Inline.From(() =>
        {
            frames = [.. OurFrames()];
        });
        for (var depth = 0; depth < 20; depth++)
            activity = new Sequence { Activities = { activity } };

        await MemoryRun.StartAsync(MemoryRun.Compile(activity));

        frames.ShouldNotBeEmpty();
        frames.Length.ShouldBeLessThanOrEqualTo(MostFrames, string.Join('\n', frames));
    }

    /// <summary>Every frame of the runtime below the activity's own method; an asynchronous method that is being entered has two.</summary>
    private static IEnumerable<string> OurFrames() => new StackTrace().GetFrames()
        .Select(frame => frame.GetMethod())
        .Where(method => method?.DeclaringType?.Assembly == typeof(Inline).Assembly)
        .SkipWhile(method => typeof(IActivity).IsAssignableFrom(method!.DeclaringType) || method.DeclaringType!.DeclaringType == typeof(Inline))
        .Select(method => $"{method!.DeclaringType}.{method.Name}");

    [Fact]
    public async Task Script_ThatNeverEnds_BecomesAnIncident()
    {
        var run = await MemoryRun.StartAsync(Flows.Chart("x", ["s=js:while (true) {}", "z"], ["s>z"]));

        run.Workflow.SubStatus.ShouldBe(WorkflowSubStatus.Faulted);
        run.Workflow.Incidents.Single().ActivityId.ShouldBe("s");
    }

    [Theory]
    [InlineData("let a = []; while (true) a.push(new Array(100000).fill('x'))")]
    [InlineData("(function f() { return f() + 1 })()")]
    [InlineData("System.IO.File.ReadAllText('/etc/passwd')")]
    public async Task Script_ThatAsksTooMuch_BecomesAnIncident(string script)
    {
        var run = await MemoryRun.StartAsync(Flows.Chart("x", [$"s=js:{script}"], []));

        run.Workflow.Incidents.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Failure_OfOneBranch_LeavesTheOther()
    {
        var run = await MemoryRun.StartAsync(Flows.Chart("x", ["k=fork:A,B", "bad=js:throw new Error('no')", "good", "end"], ["k.A>bad", "k.B>good", "good>end"]));

        run.Completed.ShouldBe("k good end");
        run.Workflow.SubStatus.ShouldBe(WorkflowSubStatus.Faulted);
    }
}
