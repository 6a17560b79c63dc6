using System.Globalization;
using TongBan.Domain.Cases;
using TongBan.Domain.Custody;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Papers.Pdf;

namespace TongBan.Host.Papers;

/// <summary>The manifest (交接清单) of a hand-over: who gave which papers to whom, with room for both signatures.</summary>
internal static class Manifest
{
    private const double LineHeight = 23;

    /// <summary>The manifest as a PDF file; the same hand-over gives the same bytes until it is confirmed.</summary>
    public static byte[] Print(Case @case, HandOver handOver, string from, string to, IReadOnlyList<string> papers)
    {
        var at = handOver.At.ToOffset(CityTime.Offset);
        var document = new PdfDocument(new PdfProperties($"交接清单 {handOver.Id:N}", @case.ItemName, from, DateOnly.FromDateTime(at.DateTime)));
        var sheet = new PaperSheet(document);
        var (bold, plain) = (document.Of(11, bold: true), document.Of(11));
        sheet.Line("材料交接清单", document.Of(24, bold: true), 44);
        sheet.Line($"编号：{handOver.Id.ToString("N")[..16].ToUpperInvariant()}", document.Of(10.5), 22, atRight: true);
        Row("办件编号", @case.Number);
        Row("事项", @case.ItemName);
        Row("移交方", from);
        Row("接收方", to);
        Row("交接时间", at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        Row("经办人", handOver.ByName);
        if (handOver.Reason is { } reason)
            Row(handOver.BackOf is null ? "说明" : "退回理由", reason);
        if (handOver.Receipt is { } receipt)
            Row("接收确认", $"{receipt.ByName}，{receipt.At.ToOffset(CityTime.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}");
        sheet.Skip(14);
        sheet.Paragraph($"纸质材料（共{papers.Count}件）：", document.Of(12, bold: true), LineHeight);
        foreach (var (index, paper) in papers.Index())
        {
            var number = $"{index + 1}. ";
            sheet.Paragraph(number + paper, document.Of(12), LineHeight, hanging: document.Of(12).Measure(number));
        }

        sheet.Skip(14);
        sheet.Row("移交方签字", "", bold, plain, least: 44);
        sheet.Row("接收方签字", "", bold, plain, least: 44);
        sheet.MissingNote(document.Of(9));
        sheet.Foot($"全市通办　办件编号 {@case.Number}");
        return document.Save();

        void Row(string label, string text) => sheet.Row(label, text, bold, plain, least: 27);
    }
}
