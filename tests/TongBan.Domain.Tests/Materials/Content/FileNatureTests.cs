using System.Text;
using CsCheck;
using Shouldly;
using TongBan.Domain.Materials.Content;
using Xunit;

namespace TongBan.Domain.Tests.Materials.Content;

public sealed class FileNatureTests
{
    [Fact]
    public void Of_EachKind_IsToldByItsContent()
    {
        FileNature.Of(SampleFiles.Png).ShouldBe(new FileNature(FileKind.Png, 1));
        FileNature.Of(SampleFiles.Jpeg).ShouldBe(new FileNature(FileKind.Jpeg, 1));
        FileNature.Of(SampleFiles.Tiff(3, littleEndian: true)).ShouldBe(new FileNature(FileKind.Tiff, 3));
        FileNature.Of(SampleFiles.Tiff(2, littleEndian: false)).ShouldBe(new FileNature(FileKind.Tiff, 2));
        FileNature.Of(SampleFiles.Ofd(4)).ShouldBe(new FileNature(FileKind.Ofd, 4));
        FileNature.Of(SampleFiles.Pdf(5)).ShouldBe(new FileNature(FileKind.Pdf, 5));
        FileNature.Of(SampleFiles.PackedPdf(7)).ShouldBe(new FileNature(FileKind.Pdf, 7));
    }

    [Fact]
    public void Of_PdfUpdatedInPlace_CountsAsTheLastVersionSays() =>
        FileNature.Of(SampleFiles.Pdf(5, "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\ntrailer << /Root 1 0 R >>"))
            .ShouldNotBeNull().Pages.ShouldBe(1);

    [Theory]
    [InlineData("%PDF-1.7 and then nothing")]
    [InlineData("%PDF-1.7\n1 0 obj <</Pages 1 0 R>> endobj trailer <</Root 1 0 R>>")]
    [InlineData("%PDF-1.7\n1 0 obj <</Type/ObjStm/First 99>>stream\nnot zlib\nendstream endobj trailer <</Root 7 0 R>>")]
    public void Of_DamagedPdf_HasUnknownPages(string text) =>
        FileNature.Of(Encoding.Latin1.GetBytes(text)).ShouldBe(new FileNature(FileKind.Pdf, null));

    [Fact]
    public void Of_TiffInACircle_HasUnknownPages()
    {
        var file = SampleFiles.Tiff(2, littleEndian: true);
        file[16] = 8;

        FileNature.Of(file).ShouldBe(new FileNature(FileKind.Tiff, null));
    }

    [Fact]
    public void Of_OtherContent_IsNotTaken()
    {
        FileNature.Of("MZ this is a program"u8.ToArray()).ShouldBeNull();
        FileNature.Of("<html>scan.pdf</html>"u8.ToArray()).ShouldBeNull();
        FileNature.Of(SampleFiles.Zip(("word/document.xml", "<w/>"))).ShouldBeNull();
        FileNature.Of(SampleFiles.Zip(("OFD.xml", "not xml"))).ShouldBeNull();
        FileNature.Of(SampleFiles.Zip(("OFD.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"))).ShouldBeNull();
        FileNature.Of(ReadOnlyMemory<byte>.Empty).ShouldBeNull();
    }

    [Fact]
    public void Of_AnyDamage_NeverThrows()
    {
        byte[][] files = [SampleFiles.Pdf(3), SampleFiles.PackedPdf(3), SampleFiles.Tiff(3, true), SampleFiles.Ofd(3), SampleFiles.Png, SampleFiles.Jpeg];
        Gen.Select(Gen.Int[0, files.Length - 1], Gen.Int[0, 2000], Gen.Select(Gen.Int[0, 2000], Gen.Byte).Array[0, 8]).Sample((which, length, edits) =>
        {
            var file = files[which].ToArray();
            foreach (var (at, value) in edits)
            {
                file[at % file.Length] = value;
            }

            _ = FileNature.Of(file.AsMemory(0, Math.Min(length, file.Length)));
        });
    }
}
