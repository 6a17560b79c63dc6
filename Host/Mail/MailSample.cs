using QRCoder;
using TongBan.Domain.Cases;

namespace TongBan.Host.Mail;

/// <summary>A mail to nobody, to look at words with.</summary>
internal static class MailSample
{
    private const int PixelsPerModule = 5;
    private const string Number = "441300-20260101-00000";
    private const string Track = "https://tongban.example.invalid/track";

    /// <summary>The mail as a page of its own, its picture in it.</summary>
    public static string Html(MailTemplate template, string message, TimeProvider time)
    {
        var @case = new Case(
            Number, "", "SCJG-001", "内资有限责任公司设立登记", 2, "H441300", 1, "441300", "441300-SCJG", ByDesk: true, CaseState.Archived,
            new Applicant(ApplicantType.Person, "示例申请人（样例）", "", ""), new Delivery(DeliveryKind.Pickup, Hall: "H441300"),
            PickupCode: null, WithdrawReason: null, WithdrawnAt: null, "mode-2", InstanceId: null, time.GetUtcNow(), ClosedAt: null);
        using var code = QRCodeGenerator.GenerateQrCode(Track, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        using var picture = new PngByteQRCode(code);
        return new MailLetter(template, @case, message, null, Track).Html()
            .Replace($"cid:{MailLetter.QrCode}", "data:image/png;base64," + Convert.ToBase64String(picture.GetGraphic(PixelsPerModule)), StringComparison.Ordinal);
    }
}
