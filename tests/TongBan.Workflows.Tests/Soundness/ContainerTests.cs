using Shouldly;
using TongBan.Workflows.Soundness;
using Xunit;

namespace TongBan.Workflows.Tests.Soundness;

/// <summary>The gate looks into containers too, and leaves workflows alone that have nothing to do with cases.</summary>
public sealed class ContainerTests
{
    private const string Close = """{ "id": "close", "type": "TongBan.CloseCase", "version": 1 }""";

    [Fact]
    public void Check_SequenceThatCloses_IsSound() => Sequence(Note("a"), Close).Check().ShouldBeEmpty();

    [Fact]
    public void Check_SequenceThatDoesNotClose_HasADeadEnd() => SoundnessCheckTests.Breaks(Sequence(Note("a")), "dead-end", "走到「a」就断了：它不是结束，后面也没有步骤");

    [Fact]
    public void Check_StepWithOutcomesInASequence_LosesThem() => SoundnessCheckTests.Breaks(
        Sequence("""{ "id": "s", "type": "TongBan.RequestSupplement", "version": 1 }""", Close),
        "outcome-lost", "「补正」放在「顺序」里，它的出口「齐全」「撤件」无法分别连接；请放到流程图中");

    [Fact]
    public void Check_BranchOfIfWithoutEnd_IsFound() => Sequence(
        $$"""{ "id": "if", "type": "Elsa.If", "version": 1, "condition": { "typeName": "Boolean", "expression": { "type": "JavaScript", "value": "1 <" } }, "then": {{Note("then")}} }""", Close)
        .Check().Select(finding => finding.Message).ShouldHaveSingleItem().ShouldStartWith("「如果」的「条件」（JavaScript）有语法错误");

    [Fact]
    public void Check_LoopThatNeverEnds_IsFound() => Sequence(
        $$"""{ "id": "while", "type": "Elsa.While", "version": 1, "condition": { "typeName": "Boolean", "expression": { "type": "Literal", "value": "true" } }, "body": {{Note("again")}} }""", Close)
        .Check().Select(finding => finding.Rule).ShouldBe(["unreachable", "endless"]);

    [Fact]
    public void Check_OutcomeInsideANestedFlowchart_IsFound() => Sequence(
        $$"""
        { "id": "inner", "type": "Elsa.Flowchart", "version": 1, "activities": [ { "id": "s", "type": "TongBan.RequestSupplement", "version": 1 }, {{Note("n")}} ],
          "connections": [ { "source": { "activity": "s", "port": "Complete" }, "target": { "activity": "n", "port": "In" } } ] }
        """, Close)
        .Check().Select(finding => finding.Message).ShouldBe(["「补正」的出口「撤件」没有接到任何步骤"]);

    [Fact]
    public void Check_InputInsideALoop_IsFound() => Sequence(
        """{ "id": "each", "type": "Elsa.ForEach", "version": 1, "body": { "id": "n", "type": "TongBan.NotifyApplicant", "version": 1 } }""", Close)
        .Check().Select(finding => finding.Message).ShouldBe(["「通知申请人」没有填写「内容」"]);

    [Fact]
    public void Concerns_WorkflowWithoutOurSteps_IsFalse() =>
        SoundnessCheck.Concerns(Draft.Of("""{ "id": "w", "type": "Elsa.WriteLine", "version": 1 }""").Workflow()).ShouldBeFalse();

    [Theory]
    [InlineData("""{ "id": "w", "type": "Elsa.WriteLine", "version": 1 }""")]
    [InlineData("""{ "id": "f", "type": "Elsa.Flowchart", "version": 1, "activities": [], "connections": [] }""")]
    public void Check_ItemWorkflowWithoutOurSteps_LeavesCasesOpen(string root)
    {
        var draft = Draft.Of(root, "item-sample");

        SoundnessCheck.Concerns(draft.Workflow()).ShouldBeTrue();
        draft.Check().ShouldNotBeEmpty();
    }

    [Fact]
    public void Concerns_OurStepDeepInside_IsTrue() => SoundnessCheck.Concerns(Sequence("""{ "id": "s", "type": "Elsa.Sequence", "version": 1, "activities": [ """ + Close + " ] }").Workflow()).ShouldBeTrue();

    private static Draft Sequence(params string[] activities) =>
        Draft.Of($$"""{ "id": "root", "type": "Elsa.Sequence", "version": 1, "activities": [ {{string.Join(',', activities)}} ] }""");

    private static string Note(string id) =>
        $$"""{ "id": "{{id}}", "type": "TongBan.NotifyApplicant", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "您好" } }, "metadata": { "displayText": "{{id}}" } }""";
}
