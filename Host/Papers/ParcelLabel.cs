using System.Globalization;
using TongBan.Domain.Couriers;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Papers.Pdf;

namespace TongBan.Host.Papers;

/// <summary>The label (面单) of a parcel, at the head of an A4 page to be cut off: bar code, sender, recipient, contents. The same parcel gives the same bytes, however far it has come.</summary>
internal static class ParcelLabel
{
    private const double BarHeight = 56;
    private const double LineHeight = 19;
    private const double QrSize = 64;

    private static readonly (double Red, double Green, double Blue) Cut = (0.4, 0.4, 0.4);

    /// <summary>The label as a PDF file. The parcel has a waybill.</summary>
    public static byte[] Print(Shipment shipment)
    {
        var waybill = shipment.Waybill ?? throw new InvalidOperationException($"Parcel {shipment.Id} has no waybill yet.");
        var document = new PdfDocument(new PdfProperties($"面单 {waybill}", "全市通办物流面单", shipment.Sender.Name, CityTime.DateOf(shipment.CreatedAt)));
        var sheet = new PaperSheet(document);
        var (bold, plain) = (document.Of(11, bold: true), document.Of(11));
        sheet.Line(shipment.Leg == ShipmentLeg.Materials ? "全市通办　材料专递" : "全市通办　结果专递", document.Of(18, bold: true), 32);
        sheet.Need(BarHeight + 40);
        Code128.Draw(sheet.Page, waybill, PaperSheet.Left, sheet.Y, PaperSheet.Width, BarHeight);
        sheet.Skip(BarHeight + 6);
        sheet.Line(waybill, document.Of(14, bold: true), 24);
        Row("收件人", Party(shipment.Recipient));
        Row("寄件人", Party(shipment.Sender));
        Row("内件", string.Join("、", shipment.Contents));
        Row("订单号", shipment.OrderNo ?? "窗口自行交寄");
        Row("办件编号", shipment.CaseNumber);
        sheet.Skip(8);
        sheet.MissingNote(document.Of(9));
        QrDrawing.Draw(sheet.Page, waybill, PaperSheet.Right - QrSize, sheet.Y, QrSize);
        sheet.Paragraph($"制单 {shipment.CreatedAt.ToOffset(CityTime.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}", document.Of(9), LineHeight);
        sheet.Skip(QrSize - LineHeight + 8);
        sheet.Page.Rule(PaperSheet.Left, PaperSheet.Right, sheet.Y, 0.6, Cut);
        sheet.Paragraph("沿此线裁下，贴于邮件正面", document.Of(9), LineHeight);
        return document.Save();

        void Row(string label, string text) => sheet.Row(label, text, bold, plain, least: 27);
    }

    private static string Party(Party party) => string.Join("　", new[] { party.Name, party.Phone, party.Address }.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal));
}
