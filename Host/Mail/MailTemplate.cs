using TongBan.Domain.Notifications;
using TongBan.Host.Papers;

namespace TongBan.Host.Mail;

/// <summary>What a mail says beside the message itself.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Advice">The paragraphs after it: what follows, and what the applicant can do.</param>
/// <param name="ListHeading">What stands above the entries of the paper that the mail repeats.</param>
internal sealed record MailTemplate(string Title, IReadOnlyList<string> Advice, string ListHeading = "")
{
    /// <summary>The template of a mail about no paper.</summary>
    internal static MailTemplate Of(MessageWords words) => new(words.Title, words.Advice);

    /// <summary>The template of a mail about a paper, in the paper's own words as the administrators keep them.</summary>
    internal static MailTemplate Of(PaperWording wording) => new(wording.Title, wording.Closing, wording.ListHeading);
}
