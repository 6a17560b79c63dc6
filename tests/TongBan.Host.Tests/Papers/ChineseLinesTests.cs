using CsCheck;
using Shouldly;
using TongBan.Host.Papers;
using Xunit;

namespace TongBan.Host.Tests.Papers;

public sealed class ChineseLinesTests
{
    [Theory]
    [InlineData("申请材料齐全。", 6, "申请材料齐|全。")]
    [InlineData("依照《公司法》办理", 3, "依照|《公司|法》办|理")]
    [InlineData("编号ABC完", 4, "编号|ABC完")]
    [InlineData("第一行\n第二行", 10, "第一行|第二行")]
    [InlineData("", 10, "")]
    [InlineData("https://a.b", 4, "http|s://|a.b")]
    public void Break_Text_KeepsMarksWithTheirCharacters(string text, int width, string lines) =>
        string.Join('|', ChineseLines.Break(text, width, piece => piece.Length)).ShouldBe(lines);

    [Fact]
    public void Break_AnyText_LosesNoCharacterAndFits() =>
        Gen.Select(Gen.Char["甲乙丙，。（）《》ab1"].Array[0, 60], Gen.Int[2, 12]).Sample((characters, width) =>
        {
            var text = new string(characters);
            var lines = ChineseLines.Break(text, width, piece => piece.Length).ToList();
            return string.Concat(lines) == text && lines.All(line => line.Length <= width);
        });
}
