using System.Globalization;
using TongBan.Domain.Notifications;
using TongBan.Host.Papers.Pdf;

namespace TongBan.Host.Papers;

/// <summary>Prints papers as PDF, A4, with their fonts embedded.</summary>
internal static class PaperPrinter
{
    private const double LineHeight = 23;
    private const double SealHeight = 104;
    private const double QrSize = 84;
    private const double Grey = 0.4;

    private static readonly (double Red, double Green, double Blue) Red = (0.75, 0.1, 0.12);

    /// <summary>The paper as a PDF file; the same paper gives the same bytes, so that a reprint is the original.</summary>
    internal static byte[] Print(Paper paper) => Print(paper, PaperWording.Of(paper.Kind));

    /// <summary>The same with these set phrases.</summary>
    internal static byte[] Print(Paper paper, PaperWording wording)
    {
        var document = new PdfDocument(new PdfProperties($"{wording.Title} {paper.Number}", paper.ItemName, paper.IssuedBy, paper.IssuedOn));
        var sheet = new PaperSheet(document);
        Head(paper, wording, sheet, document);
        Table(paper, wording, sheet, document);
        Point(paper, wording, sheet, document);
        sheet.MissingNote(document.Of(9));
        Seal(paper, sheet, document);
        sheet.Foot($"全市通办　办件编号 {paper.CaseNumber}");
        return document.Save();
    }

    private static void Head(Paper paper, PaperWording wording, PaperSheet sheet, PdfDocument document)
    {
        sheet.Line(paper.IssuedBy, document.Of(14), 24);
        sheet.Line(wording.Title, document.Of(24, bold: true), 44);
        sheet.Line($"编号：{paper.Number}", document.Of(10.5), 22, atRight: true);
        sheet.Page.Rule(PaperSheet.Left, PaperSheet.Right, sheet.Y, 1.4, Red);
        sheet.Skip(14);
        sheet.Paragraph($"{paper.Applicant}：", document.Of(12, bold: true), LineHeight);
        sheet.Paragraph(wording.Opening.Replace("{item}", paper.ItemName, StringComparison.Ordinal), document.Of(12), LineHeight, indent: 24);
        sheet.Skip(8);
    }

    private static void Table(Paper paper, PaperWording wording, PaperSheet sheet, PdfDocument document)
    {
        foreach (var field in paper.Fields)
        {
            sheet.Row(field.Label, field.Text, document.Of(11, bold: true), document.Of(11), least: 27);
        }

        foreach (var label in wording.SignedRows)
        {
            sheet.Row(label, "", document.Of(11, bold: true), document.Of(11), least: 44);
        }
    }

    /// <summary>What the paper is about: the reason, the list, and what follows from them.</summary>
    private static void Point(Paper paper, PaperWording wording, PaperSheet sheet, PdfDocument document)
    {
        var (body, bold) = (document.Of(12), document.Of(12, bold: true));
        if (!string.IsNullOrWhiteSpace(paper.Text))
        {
            Heading($"{wording.ReasonHeading}：");
            sheet.Paragraph(paper.Text.Trim(), body, LineHeight, indent: 24);
        }

        if (paper.Entries.Count > 0)
        {
            Heading($"{wording.ListHeading}（共{paper.Entries.Count}项）：");
            for (var index = 0; index < paper.Entries.Count; index++)
            {
                var number = $"{index + 1}. ";
                sheet.Paragraph(number + paper.Entries[index], body, LineHeight, hanging: body.Measure(number));
            }
        }

        foreach (var closing in wording.Closing)
        {
            sheet.Skip(8);
            sheet.Paragraph(closing, body, LineHeight, indent: 24);
        }

        void Heading(string text)
        {
            // A heading never stands alone at the foot of a page.
            sheet.Skip(10);
            sheet.Need(3 * LineHeight);
            sheet.Paragraph(text, bold, LineHeight);
        }
    }

    /// <summary>The QR code at the left, the place for the seal at the right; they stay together on one page.</summary>
    private static void Seal(Paper paper, PaperSheet sheet, PdfDocument document)
    {
        sheet.Skip(20);
        if (sheet.Need(SealHeight))
        {
            // A seal on a page without text could be put to any other paper.
            sheet.Paragraph("（此页无正文）", document.Of(12), LineHeight, indent: 24);
            sheet.Skip(20);
        }

        QrDrawing.Draw(sheet.Page, paper.TrackAddress, PaperSheet.Left, sheet.Y, QrSize);
        PaperSheet.Write(sheet.Page, "扫码查询办理进度", document.Of(9), PaperSheet.Left + 6, sheet.Y + QrSize + 15, Grey);
        sheet.Skip(26);
        sheet.Line(paper.IssuedBy, document.Of(12), LineHeight, atRight: true);
        sheet.Line(paper.IssuedOn.ToString("yyyy年M月d日", CultureInfo.InvariantCulture), document.Of(12), LineHeight, atRight: true);
        sheet.Line(paper.Kind == NoticeKind.Receipt ? "（收件专用章）" : "（业务专用章）", document.Of(10), 20, atRight: true);
    }
}
