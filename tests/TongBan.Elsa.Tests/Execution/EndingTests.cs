using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Models;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Execution;

/// <summary>How containers end, as the original ends them.</summary>
public sealed class EndingTests
{
    [Fact]
    public async Task ForkForTheFirst_ThatEnds_StillRunsWhatWasQueuedBeside()
    {
        var run = await RunAsync(new Sequence { Activities = { new Fork { Id = "fork", JoinMode = ForkJoinMode.WaitAny, Branches = { Step("a"), Step("b") } }, Step("z") } });

        run.Completed.ShouldBe("a fork b z root");
        run.Workflow.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
    }

    [Fact]
    public async Task End_BesideABranchThatWouldWait_LeavesNothingWaiting()
    {
        var run = await MemoryRun.StartAsync(Flows.Chart("x", ["k=fork:A,B", "e=Elsa.End:", "w=event:never"], ["k.A>e", "k.B>w"]));

        run.Workflow.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        run.Workflow.Bookmarks.ShouldBeEmpty();
        Journal(run).ShouldEndWith("flow:Completed Workflow1:Completed w:Started w:Suspended w:Canceled");
    }

    [Fact]
    public async Task Complete_InALoop_BreaksTheLoopOffAndEndsTheWorkflow()
    {
        var run = await RunAsync(new Sequence { Activities = { new For(1, 3, 1) { Id = "loop", Body = new Sequence { Id = "body", Activities = { Step("a"), new Complete { Id = "c" } } } }, Step("z") } });

        Journal(run).ShouldEndWith("a:Completed c:Started c:Canceled body:Canceled loop:Canceled root:Canceled Workflow1:Completed");
        run.Workflow.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
    }

    [Fact]
    public async Task Complete_InParallel_EndsTheWorkflow()
    {
        var run = await RunAsync(new Sequence { Activities = { new global::Elsa.Workflows.Activities.Parallel { Id = "both", Activities = { new Complete { Id = "c" }, Step("b") } }, Step("z") } });

        Journal(run).ShouldEndWith("c:Completed both:Canceled root:Canceled Workflow1:Completed b:Started b:Completed");
    }

    [Theory]
    [InlineData(null, "Faulted")]
    [InlineData("abc", "Finished")]
    public async Task ForEach_OverWhatIsNoList_DoesAsTheOriginal(string? items, string subStatus)
    {
        var seen = new List<object?>();
        var body = Inline.From(context => seen.Add(context.GetVariable<object>("CurrentValue")));
        var run = await RunAsync(new ForEach { Items = new Input<ICollection<object>>(new Expression("JavaScript", items is null ? "null" : $"'{items}'"), new MemoryBlockReference()), Body = body });

        run.Workflow.SubStatus.ToString().ShouldBe(subStatus);
        string.Concat(seen).ShouldBe(items ?? "");
    }

    [Theory]
    [InlineData("[1, 2]", 2)]
    [InlineData("'[1, 2]'", 0)]
    [InlineData("({ a: 1 })", 0)]
    [InlineData("null", 0)]
    public async Task ParallelForEach_TakesListsOnly(string script, int times)
    {
        var count = 0;
        var run = await RunAsync(new ParallelForEach { Items = new Input<object>(new Expression("JavaScript", script), new MemoryBlockReference()), Body = Inline.From(() => count++) });

        count.ShouldBe(times);
        run.Workflow.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
    }

    private static Task<MemoryRun> RunAsync(Activity root)
    {
        root.Id ??= "root";
        return MemoryRun.StartAsync(MemoryRun.Compile(root));
    }

    private static WriteLine Step(string id) => new(id) { Id = id };

    private static string Journal(MemoryRun run) => string.Join(' ', run.Workflow.Journal.Entries.Select(entry => $"{entry.Context.Activity.Id}:{entry.Event}"));
}
