using Shouldly;
using Xunit;

namespace TongBan.Workflows.Tests.Soundness;

/// <summary>Each rule of the gate, on a mode that was edited into breaking it.</summary>
public sealed class SoundnessCheckTests
{
    private const string Notify = """{ "id": "extra", "type": "TongBan.NotifyApplicant", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "您好" } }, "metadata": { "displayText": "多通知一次" } }""";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Check_ModeAsShipped_FindsNothing(int mode) => Draft.OfMode(mode).Check().ShouldBeEmpty();

    [Fact]
    public void Check_OutcomeWithoutConnection_NamesStepAndOutcome() => Breaks(
        Draft.OfMode(1).Disconnect("decide", "Rejected").Disconnect("notify-rejected", "Done").Remove("notify-rejected"),
        "loose-outcome", "「审批决定」的出口「不予」没有接到任何步骤");

    [Fact]
    public void Check_DecisionWithoutElse_NamesTheOutcome() =>
        Breaks(Draft.OfMode(1).Disconnect("decided", "False"), "loose-outcome", "「已作决定？」的出口「否」没有接到任何步骤");

    [Fact]
    public void Check_StepThatNothingLeadsTo_IsUnreachable() =>
        Breaks(Draft.OfMode(1).Add(Notify).Connect("extra", "Done", "close"), "unreachable", "从开始走不到「多通知一次」");

    [Fact]
    public void Check_DeadEnd_IsNoEnd() =>
        Breaks(Draft.OfMode(1).Add(Notify).Disconnect("evaluate", "Done").Connect("evaluate", "Done", "extra"), "dead-end", "走到「多通知一次」就断了：它不是结束，后面也没有步骤");

    [Fact]
    public void Check_StepAsStudioAddsIt_IsCalledByItsTypeAndItsName() => Breaks(
        Draft.OfMode(1).Add("""{ "id": "5a815e124002f5a8", "name": "NotifyApplicant10", "type": "TongBan.NotifyApplicant", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "您好" } } }""")
            .Disconnect("evaluate", "Done").Connect("evaluate", "Done", "5a815e124002f5a8"),
        "dead-end", "走到「通知申请人」（NotifyApplicant10）就断了：它不是结束，后面也没有步骤");

    [Fact]
    public void Check_WaitWithoutWayOut_IsFound() => Breaks(
        Draft.OfMode(1).Add("""{ "id": "wait", "type": "Elsa.Event", "version": 1, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "来电" } } }""")
            .Disconnect("evaluate", "Done").Connect("evaluate", "Done", "wait"),
        "dead-end", "「等待事件」等到以后没有出路：后面没有步骤");

    [Fact]
    public void Check_StepsThatOnlyLeadToEachOther_AreEndless() => Breaks(
        Draft.OfMode(1).Add(Notify).Disconnect("evaluate", "Done").Connect("evaluate", "Done", "extra").Connect("extra", "Done", "evaluate"),
        "endless", "「邀请评价」「多通知一次」之间循环，走不到结束");

    [Fact]
    public void Check_PortThatDoesNotExist_IsNamed() =>
        Breaks(Draft.OfMode(1).Connect("accept", "Perhaps", "close"), "unknown-port", "「受理」没有出口“Perhaps”，从它到「归档」的连线永远走不到");

    [Fact]
    public void Check_ConnectionToNothing_IsNamed() =>
        Breaks(Draft.OfMode(1).Connect("accept", "Accepted", "nowhere"), "unknown-step", "「受理」有一条连线通向不存在的步骤");

    [Fact]
    public void Check_TypeThatDoesNotExist_IsNamed() => Breaks(
        Draft.OfMode(1).Add("""{ "id": "odd", "type": "Other.Thing", "version": 1 }""").Disconnect("evaluate", "Done").Connect("evaluate", "Done", "odd").Connect("odd", "Done", "close"),
        "unknown-activity", "「Not Found: Other.Thing」的类型“Other.Thing”不存在");

    [Fact]
    public void Check_DecisionBeforeAcceptance_HasNoLimit() => Breaks(
        Draft.OfMode(1).Disconnect("forward", "Acknowledged").Connect("forward", "Acknowledged", "decide"),
        "no-limit", "可以不经「受理」就走到「审批决定」：承诺时限没有起算，等待决定便没有期限");

    [Fact]
    public void Check_EndWithoutClosing_IsFound() => Breaks(
        Draft.OfMode(1).Disconnect("evaluate", "Done").Connect("evaluate", "Done", "end"), "not-closed", "可以不经「归档」就结束：办件会一直开着，时限也不会停");

    [Fact]
    public void Check_OnlyWayThroughWithdrawal_IsFound() => Breaks(
        Draft.OfMode(1).Disconnect("start", "Done").Connect("start", "Done", "await-withdrawal").Disconnect("await-withdrawal", "Withdrawn").Connect("await-withdrawal", "Withdrawn", "split").Disconnect("split", "撤件").Set("split", "branches", "Object", "[\"办理\"]"),
        "only-by-withdrawal", "不经「等待撤件」就走不到结束：不撤件的办件永远办不完");

    [Theory]
    [InlineData("notify-received", "text", "", "missing-input", "「通知收件」没有填写「内容」")]
    [InlineData("mail", "channel", "Pigeon", "wrong-input", "「寄送纸质材料」的「方式」不能是“Pigeon”")]
    [InlineData("collect", "expireAfterDays", "", "missing-input", "「收齐材料」没有填写「等待天数」")]
    public void Check_Inputs_AreGivenAndPossible(string id, string input, string value, string rule, string message) =>
        Breaks(Draft.OfMode(1).Set(id, input, "Literal", value), rule, message);

    [Fact]
    public void Check_MailOfScans_WantsAnAddressAndAPhoneForThePassword() =>
        Draft.OfMode(1).Set("mail", "channel", "Literal", "Email").Check().Select(finding => finding.Message).ShouldBe(["「寄送纸质材料」没有填写「收件邮箱」", "「寄送纸质材料」没有填写「密码接收手机」"]);

    [Theory]
    [InlineData("JavaScript", "getDecision( ===", "「已作决定？」的「条件」（JavaScript）有语法错误：")]
    [InlineData("Liquid", "{% if x %}", "「已作决定？」的「条件」（Liquid）有语法错误：")]
    [InlineData("Cobol", "MOVE A TO B", "「已作决定？」的「条件」（Cobol）有语法错误：")]
    [InlineData("Variable", null, "「已作决定？」的「条件」没有选定变量")]
    public void Check_Expressions_Compile(string syntax, string? text, string message)
    {
        var findings = Draft.OfMode(1).Set("decided", "condition", syntax, text).Check();

        findings.Select(finding => finding.Rule).ShouldBe(["broken-expression"]);
        findings[0].Message.ShouldStartWith(message);
    }

    [Fact]
    public void Check_BrokenScriptOfAnActivity_IsFound() => Draft.OfMode(1)
        .Add("""{ "id": "run", "type": "Elsa.RunJavaScript", "version": 1, "script": { "typeName": "String", "expression": { "type": "Literal", "value": "let x = ;" } } }""")
        .Disconnect("evaluate", "Done").Connect("evaluate", "Done", "run").Connect("run", "Done", "close")
        .Check().Select(finding => finding.Rule).ShouldBe(["broken-expression"]);

    [Fact]
    public void Check_BrokenBranches_AreFound() =>
        Draft.OfMode(1).Set("split", "branches", "Object", "[\"办理\",").Check().ShouldContain(finding => finding.Message.StartsWith("「办理与撤件并行」的「分支」不是有效的 JSON", StringComparison.Ordinal));

    internal static void Breaks(Draft draft, string rule, string message)
    {
        var findings = draft.Check();

        findings.Select(finding => (finding.Rule, finding.Message)).ShouldBe([(rule, message)]);
    }
}
