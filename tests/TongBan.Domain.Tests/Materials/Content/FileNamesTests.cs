using Shouldly;
using TongBan.Domain.Materials.Content;
using Xunit;

namespace TongBan.Domain.Tests.Materials.Content;

/// <summary>What files are called that come under names of all sorts.</summary>
public sealed class FileNamesTests
{
    [Theory]
    [InlineData("营业执照.pdf", FileKind.Pdf, "营业执照.pdf")]
    [InlineData("SCAN.PDF", FileKind.Pdf, "SCAN.PDF")]
    [InlineData("photo.jpeg", FileKind.Jpeg, "photo.jpeg")]
    [InlineData("licence.exe", FileKind.Pdf, "licence.exe.pdf")]
    [InlineData("licence.pdf", FileKind.Png, "licence.pdf.png")]
    [InlineData("../../etc/passwd", FileKind.Pdf, "passwd.pdf")]
    [InlineData("C:\\Users\\示例\\执照.ofd", FileKind.Ofd, "执照.ofd")]
    [InlineData("a\u202Efdp.exe", FileKind.Pdf, "afdp.exe.pdf")]
    [InlineData("a\r\n\0b.tif", FileKind.Tiff, "ab.tif")]
    [InlineData("a:b|c?.pdf", FileKind.Pdf, "abc.pdf")]
    [InlineData("..", FileKind.Pdf, "文件.pdf")]
    [InlineData(".pdf", FileKind.Pdf, "pdf.pdf")]
    [InlineData("", FileKind.Tiff, "文件.tif")]
    public void Of_AName_IsNoneThatMisleads(string given, FileKind kind, string expected) => FileNames.Of(given, new FileNature(kind, 1)).ShouldBe(expected);

    [Theory]
    [InlineData(195)]
    [InlineData(196)]
    [InlineData(5000)]
    public void Of_ALongName_IsTwoHundredSignsAtMostAndCutsNoneInTwo(int length)
    {
        var name = FileNames.Of(new string('a', length) + "𠮷𠮷𠮷.pdf", new FileNature(FileKind.Pdf, 1));

        name.Length.ShouldBeInRange(199, 200);
        name.ShouldEndWith(".pdf");
        name.EnumerateRunes().ShouldNotContain(System.Text.Rune.ReplacementChar);
    }
}
