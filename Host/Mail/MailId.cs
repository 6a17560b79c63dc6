namespace TongBan.Host.Mail;

/// <summary>The Message-Id of our mails: the call's id, so that a mail sent twice is known as one and a bounce finds its call.</summary>
internal static class MailId
{
    private const string Domain = "@tongban";

    /// <summary>The Message-Id, without its angle brackets.</summary>
    public static string Of(object id) => id + Domain;

    /// <summary>The call that a Message-Id names, with or without angle brackets; null when it is none of ours.</summary>
    public static Guid? CallOf(string? messageId)
    {
        var text = messageId.AsSpan().Trim().TrimStart('<').TrimEnd('>');
        return text.EndsWith(Domain, StringComparison.OrdinalIgnoreCase) && Guid.TryParseExact(text[..^Domain.Length], "D", out var id) ? id : null;
    }
}
