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
/// <param name="To">The mail address or phone number.</param>
/// <param name="Subject">The subject of a mail; names the message on the timeline.</param>
/// <param name="Text">The message itself.</param>
/// <param name="Topic">The code of the <see cref="MessageTopic"/> whose template a mail uses.</param>
public sealed record Message(string To, string Subject, string Text, string Topic);

/// <summary>Sends messages to applicants.</summary>
public sealed class Messenger(CaseDesk desk, MessageWordings wordings)
{
    /// <summary>The partner code of the mail server.</summary>
    public const string Mail = "smtp";

    /// <summary>The partner code of the mailbox that bounces come back to.</summary>
    public const string Bounces = "bounces";

    /// <summary>The partner code of the SMS gateway.</summary>
    public const string Sms = "sms";

    /// <summary>Tells the applicant in the words that the city has for the topic, every way that the applicant left.</summary>
    /// <param name="facts">What there is to tell, by the names of <see cref="MessageWords.FactsOf"/>; the case's number and item are told without.</param>
    public Task TellAsync(Case @case, MessageTopic topic, string step, params ReadOnlySpan<(string Name, string Value)> facts) =>
        WriteAsync(@case, NotifyChannel.Auto, topic, topic, Facts(@case, facts), step);

    /// <summary>Tells the applicant what a step says itself, in the words that the city has for progress.</summary>
    /// <param name="topic">What it is about: a mail repeats the topic's paper.</param>
    public Task SendAsync(Case @case, NotifyChannel channel, MessageTopic topic, string text, string step) =>
        WriteAsync(@case, channel, topic, MessageTopic.Progress, Facts(@case, ("text", text)), step);

    private static Dictionary<string, string> Facts(Case @case, params ReadOnlySpan<(string Name, string Value)> facts)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal) { ["number"] = @case.Number, ["item"] = @case.ItemName };
        foreach (var (name, value) in facts)
            all[name] = value;
        return all;
    }

    /// <summary>Writes the messages of one step into the outbox; run again for the same step it sends nothing more.</summary>
    private async Task WriteAsync(Case @case, NotifyChannel channel, MessageTopic topic, MessageTopic wording, Dictionary<string, string> facts, string step)
    {
        var words = await wordings.OfAsync(wording);
        var (subject, text) = (MessageWords.Fill(words.Subject, facts), MessageWords.Fill(words.Text, facts));
        var (byMail, bySms) = (channel != NotifyChannel.Sms && @case.Applicant.Email is not null, channel != NotifyChannel.Email);
        if (byMail)
            await ExpectAsync(PartnerKind.Mail, Mail, "sendMail", @case.Applicant.Email!);
        if (bySms)
            await ExpectAsync(PartnerKind.Sms, Sms, "sendSms", @case.Applicant.Phone);

        // The recipient is marked, so that one person is not sent too many in an hour.
        Task<PartnerCall> ExpectAsync(PartnerKind kind, string partner, string operation, string to) =>
            desk.Outbox.ExpectAsync(kind, partner, operation, @case.Number, step, new Message(to, subject, text, Codes.Of(topic)), recipient: to);
    }
}
