using System.Security.Cryptography;
using TongBan.Domain.Cases;
using TongBan.Domain.Partners;

namespace TongBan.Domain.Notifications;

/// <summary>
/// Sends a case's scans to an authority by mail, in an encrypted archive; the password goes to a phone, once the mail is out.
/// Whoever reads the mail on its way has nothing, and so has whoever reads the short message.
/// </summary>
public sealed class MaterialsMail(CaseDesk desk)
{
    /// <summary>The outbox operation that sends the archive.</summary>
    public const string SendArchive = "sendMaterials";

    /// <summary>The outbox operation that sends its password.</summary>
    public const string SendPassword = "sendPassword";

    private const int PasswordLength = 16;

    /// <summary>Nothing that is mistaken for something else when it is typed from a phone.</summary>
    private const string PasswordSigns = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>Sends both, each once for the step; asked again it says how they stand.</summary>
    /// <param name="case">Whose scans.</param>
    /// <param name="address">The authority's mail address.</param>
    /// <param name="phone">The phone that the password goes to.</param>
    /// <param name="step">The step that sends.</param>
    /// <returns>The state of whichever is not done; <see cref="PartnerCallState.Done"/> when both are.</returns>
    public async Task<PartnerCallState> FollowAsync(Case @case, string address, string phone, string step)
    {
        var subject = $"办件{@case.Number}申请材料";
        var materials = await desk.Materials.ListAsync(@case.Number);
        var mail = await desk.Outbox.ExpectAsync(PartnerKind.Mail, Messenger.Mail, SendArchive, @case.Number, step, new
        {
            to = address,
            subject,
            text = $"“{@case.ItemName}”申请材料共{materials.Count}件，见附件加密压缩包（AES-256，可用 7-Zip 等软件打开）。密码另以短信发至{Privacy.Mask.Phone(phone)}。",
            attachments = materials.Select(material => new { name = material.FileName, material.MediaType, material.Sha256 }),
            password = RandomNumberGenerator.GetString(PasswordSigns, PasswordLength),
        });

        // The password of the mail that stands in the outbox: this look has drawn another one in vain. An erased mail has none.
        if (mail.State != PartnerCallState.Done || !mail.Payload.TryGetProperty("password", out var password))
            return mail.State;
        var message = await desk.Outbox.ExpectAsync(PartnerKind.Sms, Messenger.Sms, SendPassword, @case.Number, step, new
        {
            to = phone, subject = subject + "的密码", text = $"办件{@case.Number}申请材料压缩包的密码：{password.GetString()}",
        });
        return message.State;
    }
}
