using System.Globalization;
using TongBan.Domain.Couriers;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Papers.Pdf;

namespace TongBan.Host.Papers;

/// <summary>The list of parcels (邮件交接清单) that the courier signs for.</summary>
internal static class CourierManifest
{
    /// <summary>The list as a PDF file; the same list gives the same bytes.</summary>
    public static byte[] Print(ParcelManifest manifest)
    {
        var at = manifest.MadeAt.ToOffset(CityTime.Offset);
        var document = new PdfDocument(new PdfProperties($"邮件交接清单 {manifest.Number}", "全市通办物流", manifest.MadeBy, DateOnly.FromDateTime(at.DateTime)));
        var sheet = new PaperSheet(document);
        var (plain, bold) = (document.Of(11), document.Of(11, bold: true));
        sheet.Line("邮件交接清单", document.Of(24, bold: true), 44);
        sheet.Line($"编号：{manifest.Number}", document.Of(10.5), 22, atRight: true);
        QrDrawing.Draw(sheet.Page, manifest.Number, PaperSheet.Left, sheet.Y - 62, 56);
        Row("制单时间", at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        Row("交出人", manifest.MadeBy);
        Row("邮件数量", $"{manifest.Lines.Count}件");
        sheet.Skip(14);
        foreach (var (index, line) in manifest.Lines.Index())
            Row($"{index + 1}. {line.Waybill}", $"{(line.Leg == ShipmentLeg.Materials ? "材料" : "结果")}　办件{line.CaseNumber}　内件：{string.Join("、", line.Contents)}");

        sheet.Skip(14);
        sheet.MissingNote(document.Of(9));
        sheet.Row("交出人签字", "", bold, plain, least: 44);
        sheet.Row("揽收员签字、时间", "", bold, plain, least: 44);
        sheet.Foot($"全市通办　邮件交接清单 {manifest.Number}");
        return document.Save();

        void Row(string label, string text) => sheet.Row(label, text, bold, plain, least: 27);
    }
}
