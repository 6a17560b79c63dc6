using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Pages.Shared;
using TongBan.Host.Papers.Pdf;

namespace TongBan.Host.Papers;

/// <summary>The note that an original was sighted, as a page.</summary>
internal static class SightingNote
{
    internal static byte[] Print(string caseNumber, string material, Actor by, string? hall, DateTimeOffset at)
    {
        var place = hall ?? "";
        var document = new PdfDocument(new PdfProperties($"原件核验记录 {caseNumber}", material, place, CityTime.DateOf(at)));
        var sheet = new PaperSheet(document);
        sheet.Line(place, document.Of(14), 24);
        sheet.Line("原件核验记录", document.Of(22, bold: true), 44);
        foreach (var (label, text) in (ReadOnlySpan<(string, string)>)[("办件编号", caseNumber), ("材料名称", material), ("核验窗口", by.Window is { } window ? $"{place} {window}号窗口" : place), ("核验人", by.Name), ("核验时间", Shown.Time(at))])
            sheet.Row(label, text, document.Of(11, bold: true), document.Of(11), least: 30);
        sheet.Skip(10);
        sheet.Paragraph("窗口工作人员已当面核验上述材料的原件，核验后退还申请人。", document.Of(12), 23, indent: 24);
        return document.Save();
    }
}
