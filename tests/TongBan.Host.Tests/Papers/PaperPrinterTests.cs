using Shouldly;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.Notifications;
using TongBan.Host.Papers;
using Xunit;

namespace TongBan.Host.Tests.Papers;

public sealed class PaperPrinterTests
{
    private static readonly Paper Acceptance = new(
        NoticeKind.Acceptance,
        "受理-441300-20261122-0001",
        "441300202611220001",
        "惠州市某某商贸有限公司（筹）",
        "内资有限责任公司设立登记",
        "博罗县市场监督管理局",
        new DateOnly(2026, 11, 22),
        [new("办件编号", "441300202611220001"), new("承诺办结日期", "2026年11月24日")],
        ["公司登记（备案）申请书", "公司章程"],
        null,
        "https://tongban.example.gov.cn/track/441300202611220001");

    [Theory]
    [InlineData(NoticeKind.Receipt, "收件凭证")]
    [InlineData(NoticeKind.Acceptance, "受理通知书")]
    [InlineData(NoticeKind.Refusal, "不予受理决定书")]
    [InlineData(NoticeKind.Supplement, "补正通知书")]
    [InlineData(NoticeKind.Delivery, "送达回证")]
    public void Print_EachKind_SaysWhatItIsAndForWhom(NoticeKind kind, string title)
    {
        var pdf = PaperPrinter.Print(Acceptance with { Kind = kind, Text = "理由如下" });
        var text = Text(pdf);

        text.ShouldContain($"\n{title}\n");
        text.ShouldContain("\n惠州市某某商贸有限公司（筹）：\n");
        text.ShouldContain("\n2026年11月24日\n");
        text.ShouldContain("\n2. 公司章程\n");
        text.ShouldContain("\n理由如下\n");
        text.ShouldContain("\n第1页　共1页");
        FileNature.Of(pdf).ShouldBe(new FileNature(FileKind.Pdf, 1));
    }

    [Fact]
    public void Print_SamePaper_GivesTheSameBytes() => PaperPrinter.Print(Acceptance).ShouldBe(PaperPrinter.Print(Acceptance with { }));

    [Fact]
    public void Print_EmbedsOnlyTheGlyphsItUses() => PaperPrinter.Print(Acceptance).Length.ShouldBeLessThan(80_000);

    [Fact]
    public void Print_LongList_GoesOnOverPagesAndLosesNothing()
    {
        var entries = Enumerable.Range(1, 120).Select(number => $"第{number}份材料缺少签名，请由全体股东重新签署后再次提交，并附身份证明复印件一份，复印件须清晰可辨。").ToList();

        var pdf = PaperPrinter.Print(Acceptance with { Kind = NoticeKind.Supplement, Entries = entries });
        var text = string.Concat(PdfText.Lines(pdf));

        FileNature.Of(pdf).ShouldNotBeNull().Pages.ShouldNotBeNull().ShouldBeGreaterThan(5);
        entries.ShouldAllBe(entry => text.Contains(entry, StringComparison.Ordinal));
    }

    [Fact]
    public void Print_CharacterThatTheFontsLack_IsMarkedAndTheNoteNamesIt()
    {
        var text = Text(PaperPrinter.Print(Acceptance with { Applicant = "𠮷某" }));

        text.ShouldContain("\n〓某：\n");
        text.ShouldContain("U+20BB7");
    }

    [Fact]
    public void Print_NothingMissing_HasNoNote() => Text(PaperPrinter.Print(Acceptance)).ShouldNotContain("U+");

    [Theory]
    [InlineData("བཀྲ་ཤིས", 0x0F56)]
    [InlineData("ئەلى مەمەت", 0x0626)]
    [InlineData("ᠮᠣᠩᠭᠣᠯ", 0x182E)]
    [InlineData("ꀀꀁ", 0xA000)]
    public void Print_NameInAMinorityScript_IsDrawnAndCanBeFound(string name, int first)
    {
        var pdf = PaperPrinter.Print(Acceptance with { Applicant = $"示例·{name}·某" });
        var text = Text(pdf);

        text.ShouldNotContain("〓");
        string.Concat(PdfText.Shaped(pdf)).EnumerateRunes().ShouldContain(character => character.Value == first);
        foreach (var character in name.EnumerateRunes().Where(character => !System.Text.Rune.IsWhiteSpace(character)))
            string.Concat(PdfText.Shaped(pdf)).ShouldContain(character.ToString());
        text.ShouldContain("·某：");
        PaperPrinter.Print(Acceptance with { Applicant = $"示例·{name}·某" }).ShouldBe(pdf);
    }

    [Fact]
    public void Print_ManyAtOnceWithFontsThatAreCollected_KeepsTheShapersFile() => Parallel.For(0, 64, count =>
    {
        if (count % 16 == 0)
            GC.Collect();
        PdfText.Shaped(PaperPrinter.Print(Acceptance with { Applicant = $"བཀྲ་ཤིས·ئەلى مەمەت {count}" })).ShouldNotBeEmpty();
    });

    [Fact]
    public void Print_LettersFromTheRight_StandInTheirOrderFromTheRight()
    {
        // A word of two letters that do not join: alif comes first, so it is drawn last.
        var drawn = string.Concat(PdfText.Shaped(PaperPrinter.Print(Acceptance with { Applicant = "ار" })));

        drawn.ShouldBe("را");
    }

    [Theory]
    [InlineData("阿依古丽·麦麦提艾力", "阿依古丽·麦麦提艾力：")]
    [InlineData("买买提江•阿布都热依木·艾合麦提", "买买提江•阿布都热依木·艾合麦提：")]
    [InlineData("某\uD842\uDFB7某", "某〓某：")]
    [InlineData("葛\uDB40\uDD00某", "葛某：")]
    public void Print_NamesOfEveryKind_AreWholeOrMarkedWhereTheFontLacksThem(string name, string line)
    {
        Text(PaperPrinter.Print(Acceptance with { Applicant = name })).ShouldContain($"\n{line}\n");
    }

    [Fact]
    public void Print_Refusal_TellsTheRemedyWithItsArticles()
    {
        var text = string.Concat(PdfText.Lines(PaperPrinter.Print(Acceptance with { Kind = NoticeKind.Refusal, Text = "不属于本机关职权范围。" })));

        text.ShouldContain("行政复议法》第二十条");
        text.ShouldContain("行政诉讼法》第四十六条");
    }

    [Fact]
    public void Print_SealOnAPageOfItsOwn_SaysThatThePageHasNoText()
    {
        var papers = Enumerable.Range(1, 40).Select(count => PaperPrinter.Print(Acceptance with { Entries = [.. Enumerable.Repeat("材料", count)] }));
        var alone = papers.Select(Text).Where(text => text.Contains("（此页无正文）", StringComparison.Ordinal)).ToList();

        alone.ShouldNotBeEmpty();
        alone.ShouldAllBe(text => text.Contains("第2页　共2页", StringComparison.Ordinal));
    }

    private static string Text(byte[] pdf) => string.Join('\n', PdfText.Lines(pdf));
}
