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
        var frames = 0;
        IActivity activity = Inline.From(() => frames = new StackTrace().GetFrames().Count(frame =>
            frame.GetMethod()?.DeclaringType is { } type && type.Assembly == typeof(Inline).Assembly && !frame.GetMethod()!.Name.StartsWith('<')));
        for (var depth = 0; depth < 20; depth++)
            activity = new Sequence { Activities = { activity } };

        await MemoryRun.StartAsync(MemoryRun.Compile(activity));

        frames.ShouldBeInRange(1, MostFrames);
    }

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
