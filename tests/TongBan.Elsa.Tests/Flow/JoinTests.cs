using Elsa.Workflows;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Flow;

public sealed class JoinTests
{
    private static readonly string[] Fork = ["k=fork:A,B"];

    [Theory]
    [InlineData("WaitAll", "k a flow")]
    [InlineData("WaitAllActive", "k a j z flow")]
    public async Task Join_BranchThatEndsElsewhere_IsWaitedForOnlyByWaitAll(string mode, string completed)
    {
        var run = await MemoryRun.StartAsync(Flows.Chart("x", [.. Fork, "a", "d=if:false", "b", $"j=join:{mode}", "z"], ["k.A>a", "k.B>d", "d.True>b", "a>j", "b>j", "j>z"]));

        run.Completed.Replace(" d", "", StringComparison.Ordinal).ShouldBe(completed);
        run.Workflow.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
    }

    [Fact]
    public async Task WaitAny_SecondBranchWaits_IsCancelled()
    {
        var run = await MemoryRun.StartAsync(Flows.Chart("x", [.. Fork, "a=event:1", "b=event:2", "j=join:WaitAny", "z"], ["k.A>a", "k.B>b", "a>j", "b>j", "j>z"]));

        await run.ResumeAsync("b");

        run.Completed.ShouldBe("k b j z flow");
        run.Workflow.Bookmarks.ShouldBeEmpty();
    }

    [Fact]
    public async Task WaitAny_BranchBeginsToWaitAfterTheFirstArrived_IsCancelledToo()
    {
        var run = await MemoryRun.StartAsync(Flows.Chart("x", [.. Fork, "a", "b1", "b=event:2", "j=join:WaitAny", "z"], ["k.A>a", "k.B>b1", "b1>b", "a>j", "b>j", "j>z"]));

        run.Workflow.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        run.Completed.Split(' ').Count(id => id == "z").ShouldBe(1);
    }

    [Fact]
    public async Task WaitAny_WhatIsQueuedOnAnotherBranch_StillRunsButDoesNotWait()
    {
        var run = await MemoryRun.StartAsync(Flows.Chart("x", [.. Fork, "a", "b1", "b2", "b3", "b=event:2", "j=join:WaitAny", "z"], ["k.A>a", "k.B>b1", "b1>b2", "b2>b3", "b3>b", "a>j", "b>j", "j>z"]));

        run.Completed.ShouldBe("k a b1 j b2 z b3 flow");
        run.Workflow.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        run.Workflow.Bookmarks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("WaitAll")]
    [InlineData("WaitAllActive")]
    [InlineData("WaitAny")]
    public async Task Join_SentBackThreeTimes_GoesOnOncePerRound(string mode)
    {
        var run = await MemoryRun.StartAsync(Flows.Chart("x",
            [.. Fork, "a", "b", $"j=join:{mode}", "c=js:setN(getN() + 1)", "d=if:getN() < 4", "z"],
            ["k.A>a", "k.B>b", "a>j", "b>j", "j>c", "c>d", "d.True>k", "d.False>z"]));

        run.Completed.Split(' ').Count(id => id == "j").ShouldBe(4);
        run.Completed.Split(' ').Count(id => id == "z").ShouldBe(1);
        run.Workflow.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
    }

    /// <summary>A loop beside another branch: the join after both waits for the loop's end, however many rounds that takes.</summary>
    [Fact]
    public async Task Join_AfterALoopAndABranch_WaitsForTheLastRound()
    {
        var run = await MemoryRun.StartAsync(Flows.Chart("x",
            [.. Fork, "p", "w=event:go", "c=js:setN(getN() + 1)", "d=if:getN() < 3", "j=join:WaitAllActive", "z"],
            ["k.A>p", "p>j", "k.B>w", "w>c", "c>d", "d.True>w", "d.False>j", "j>z"]));

        for (var round = 1; round <= 3; round++)
        {
            run.Completed.ShouldNotContain("z");
            await run.ResumeAsync("w");
        }

        run.Completed.Split(' ').Count(id => id == "z").ShouldBe(1);
    }

    [Fact]
    public async Task Merge_WithoutAJoin_RunsOnceForBothBranches()
    {
        var run = await MemoryRun.StartAsync(Flows.Chart("x", [.. Fork, "a=event:1", "b=event:2", "z"], ["k.A>a", "k.B>b", "a>z", "b>z"]));

        await run.ResumeAsync("a");
        run.Completed.ShouldBe("k a");
        await run.ResumeAsync("b");

        run.Completed.ShouldBe("k a b z flow");
    }

    [Theory]
    [InlineData("b>d b>e c>e c>f d>z e>z f>z", "a b c d e f z flow")]
    [InlineData("b>d b>e c>f c>e d>z e>z f>z", "a b c d f e z flow")]
    public async Task Merge_ThatALineSetsFree_IsQueuedBeforeWhatTheNextLineLeadsTo(string lines, string completed) =>
        (await MemoryRun.StartAsync(Flows.Chart("x", ["a", "b", "c", "d", "e", "f", "z"], ["a>b", "a>c", .. lines.Split(' ')]))).Completed.ShouldBe(completed);

    [Fact]
    public async Task Loops_Nested_KeepTheirRoundsApart()
    {
        var run = await MemoryRun.StartAsync(Flows.Chart("x",
            ["o=js:setN(getN() + 10)", "k=fork:A,B", "a", "b", "j=join:WaitAll", "i=js:setN(getN() + 1)", "di=if:getN() % 10 < 3", "do=if:getN() < 30", "z"],
            ["o>k", "k.A>a", "k.B>b", "a>j", "b>j", "j>i", "i>di", "di.True>k", "di.False>do", "do.True>o", "do.False>z"]));

        run.Workflow.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        run.Completed.Split(' ').Count(id => id == "a").ShouldBe(run.Completed.Split(' ').Count(id => id == "j"));
        run.Completed.ShouldEndWith("z flow");
    }
}
