using TongBan.Domain.Cases;
using TongBan.Domain.Partners;

namespace TongBan.Domain.Notifications;

/// <summary>Which way a message goes to the applicant.</summary>
public enum NotifyChannel
{
    /// <summary>By short message, and by mail where an address was left.</summary>
    Auto,

    /// <summary>短信.</summary>
    Sms,

    /// <summary>电子邮件.</summary>
    Email,
}

/// <summary>Messages to applicants, through the outbox: what a mail or SMS call carries.</summary>
public sealed record Message(string To, string Subject, string Text);

/// <summary>Sends messages to applicants.</summary>
public sealed class Messenger(CaseDesk desk)
{
    /// <summary>The partner code of the mail server.</summary>
    public const string Mail = "smtp";

    /// <summary>The partner code of the SMS gateway.</summary>
    public const string Sms = "sms";

    /// <summary>Writes the messages of one step into the outbox; run again for the same step it sends nothing more.</summary>
    public async Task SendAsync(Case @case, NotifyChannel channel, string subject, string text, string step)
    {
        var (byMail, bySms) = (channel != NotifyChannel.Sms && @case.Applicant.Email is not null, channel != NotifyChannel.Email);
        if (byMail)
            await desk.Outbox.ExpectAsync(PartnerKind.Mail, Mail, "sendMail", @case.Number, step, new Message(@case.Applicant.Email!, subject, text));
        if (bySms)
            await desk.Outbox.ExpectAsync(PartnerKind.Sms, Sms, "sendSms", @case.Number, step, new Message(@case.Applicant.Phone, subject, text));
    }
}
