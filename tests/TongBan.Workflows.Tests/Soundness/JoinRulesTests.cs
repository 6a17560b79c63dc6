using Shouldly;
using Xunit;

namespace TongBan.Workflows.Tests.Soundness;

/// <summary>Joins that wait for what may not come, and those that only look so.</summary>
public sealed class JoinRulesTests
{
    private const string Fork = """{ "id": "fork", "type": "Elsa.FlowFork", "version": 1, "branches": { "typeName": "String[]", "expression": { "type": "Object", "value": "[\"a\",\"b\"]" } } }""";
    private const string All = """{ "id": "all", "type": "Elsa.FlowJoin", "version": 1, "mode": { "typeName": "Elsa.Workflows.Activities.Flowchart.Models.FlowJoinMode", "expression": { "type": "Literal", "value": "WaitAll" } } }""";

    [Theory]
    [InlineData("WaitAll")]
    [InlineData("WaitAllActive")]
    public void Check_JoinThatWaitsForTheWithdrawal_Starves(string mode) => SoundnessCheckTests.Breaks(
        Starving(mode), "starving-join", "「不再等待撤件」要等「等待撤件」，而多数办件等不到：请改为先到先走");

    [Fact]
    public void Check_BranchesOfOneDecision_ExcludeOneAnother()
    {
        var draft = Draft.OfMode(1).Add(All)
            .Disconnect("notify-approved", "Done").Connect("notify-approved", "Done", "all").Disconnect("notify-rejected", "Done").Connect("notify-rejected", "Done", "all").Connect("all", "Done", "join");

        SoundnessCheckTests.Breaks(draft, "starving-join", "「汇合」要等齐所有分支，但「审批决定」从出口「准予」离开后，来自「通知不予」的分支不会到来");
    }

    [Fact]
    public void Check_BranchThatNothingLeadsTo_NeverArrives() => Draft.OfMode(1)
        .Add(All).Add(Note("x")).Disconnect("evaluate", "Done").Connect("evaluate", "Done", "all").Connect("x", "Done", "all").Connect("all", "Done", "close")
        .Check().ShouldContain(finding => finding.Message == "「汇合」要等齐所有分支，但来自「x」的分支永远不会到来");

    [Fact]
    public void Check_BranchThatMayEndBeforeTheJoin_Starves() => Parallel(
        branch => branch.Add(Note("late")).Disconnect("a", "Done").Add(Decision).Connect("a", "Done", "choice").Connect("choice", "True", "all").Connect("choice", "False", "late").Connect("late", "Done", "evaluate").Disconnect("close", "Done").Remove("end"))
        .Check().Select(finding => finding.Message).ShouldBe(["「汇合」要等齐所有分支，但「判断」从出口「否」离开后，来自「判断」的分支不会到来"]);

    [Fact]
    public void Check_BranchesThatRunBesideEachOther_AreJoined() => Parallel(branch => branch).Check().ShouldBeEmpty();

    [Fact]
    public void Check_BranchThatEndsEverythingBeforeTheJoin_DoesNotStarveIt() => Parallel(
        branch => branch.Add(Decision).Disconnect("a", "Done").Connect("a", "Done", "choice").Connect("choice", "True", "all").Connect("choice", "False", "close"))
        .Check().ShouldBeEmpty();

    [Fact]
    public void Check_ChoiceInsideABranchThatComesBackTogether_IsJoined() => Parallel(
        branch => branch.Add(Note("yes")).Add(Decision).Disconnect("a", "Done").Connect("a", "Done", "choice").Connect("choice", "True", "yes").Connect("choice", "False", "a2").Connect("yes", "Done", "a2").Add(Note("a2")).Connect("a2", "Done", "all"))
        .Check().ShouldBeEmpty();

    private const string Decision = """{ "id": "choice", "type": "Elsa.FlowDecision", "version": 1, "condition": { "typeName": "Boolean", "expression": { "type": "JavaScript", "value": "getHasOriginals()" } } }""";

    /// <summary>A mode that tells the applicant and somebody else at once before it invites to rate.</summary>
    private static Draft Parallel(Func<Draft, Draft> edit) => edit(Draft.OfMode(1).Add(Fork).Add(All).Add(Note("a")).Add(Note("b"))
        .Disconnect("deliver", "Delivered").Disconnect("deliver", "PickedUp").Disconnect("hold", "Delivered").Disconnect("hold", "PickedUp")
        .Connect("deliver", "Delivered", "fork").Connect("deliver", "PickedUp", "fork").Connect("hold", "Delivered", "fork").Connect("hold", "PickedUp", "fork")
        .Connect("fork", "a", "a").Connect("fork", "b", "b").Connect("a", "Done", "all").Connect("b", "Done", "all").Connect("all", "Done", "evaluate"));

    private static Draft Starving(string mode) => Draft.OfMode(1).Set("join", "mode", "Literal", mode);

    private static string Note(string id) =>
        $$"""{ "id": "{{id}}", "type": "TongBan.NotifyApplicant", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "您好" } }, "metadata": { "displayText": "{{id}}" } }""";
}
