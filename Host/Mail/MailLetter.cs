using System.Net;
using System.Text;
using TongBan.Domain.Cases;
using TongBan.Domain.Notifications;

namespace TongBan.Host.Mail;

/// <summary>A mail to an applicant, written out as text and as HTML; both say the same.</summary>
/// <param name="Template">The template of its topic.</param>
/// <param name="Case">The case it is about.</param>
/// <param name="Message">The message itself.</param>
/// <param name="Paper">The paper that it repeats; null for none.</param>
/// <param name="TrackAddress">Where the applicant follows the case; the QR code holds it too.</param>
internal sealed record MailLetter(MailTemplate Template, Case Case, string Message, Notice? Paper, string TrackAddress)
{
    /// <summary>The content id under which the HTML shows the QR code.</summary>
    internal const string QrCode = "track-code";

    private static readonly Lazy<string> Frame = new(() =>
    {
        using var stream = typeof(MailLetter).Assembly.GetManifestResourceStream("mail.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    private IEnumerable<NoticeField> Fields => Paper?.Content.Fields is { } fields && fields.Any(each => each.Label == "办件编号")
        ? fields
        : [new("办件编号", Case.Number), new("事项", Case.ItemName), .. Paper?.Content.Fields ?? []];

    private IReadOnlyList<string> Entries => Paper?.Content.Entries ?? [];

    private string ListHeading => $"{Template.ListHeading}（共{Entries.Count}项）";

    /// <summary>The mail for programs that show text.</summary>
    public string Text()
    {
        var text = new StringBuilder($"【全市通办】{Template.Title}\n\n{Case.Applicant.Name}：\n\n{Message}\n\n");
        foreach (var field in Fields)
            text.Append(field.Label).Append('：').Append(field.Text).Append('\n');
        if (Entries.Count > 0)
        {
            text.Append('\n').Append(ListHeading).Append("：\n");
            foreach (var (index, entry) in Entries.Index())
                text.Append(index + 1).Append(". ").Append(entry).Append('\n');
        }

        foreach (var advice in Template.Advice)
            text.Append('\n').Append(advice).Append('\n');
        return text.Append("\n查询办理进度：").Append(TrackAddress).Append("\n\n本邮件由系统发出，请勿回复。\n").ToString();
    }

    /// <summary>The mail for programs that show HTML.</summary>
    public string Html()
    {
        var fields = string.Concat(Fields.Select(field => $"<tr><th scope=\"row\" class=\"label\">{Escaped(field.Label)}</th><td>{Escaped(field.Text)}</td></tr>"));
        var list = Entries.Count == 0 ? "" : $"<h2>{Escaped(ListHeading)}</h2><ol>{string.Concat(Entries.Select(entry => $"<li>{Escaped(entry)}</li>"))}</ol>";
        return Frame.Value
            .Replace("{{title}}", Escaped(Template.Title), StringComparison.Ordinal)
            .Replace("{{advice}}", string.Concat(Template.Advice.Select(advice => $"<p>{Escaped(advice)}</p>")), StringComparison.Ordinal)
            .Replace("{{track}}", Escaped(TrackAddress), StringComparison.Ordinal)
            .Replace("{{qr}}", $"cid:{QrCode}", StringComparison.Ordinal)
            .Replace("{{list}}", list, StringComparison.Ordinal)
            .Replace("{{fields}}", fields, StringComparison.Ordinal)
            .Replace("{{name}}", Escaped(Case.Applicant.Name), StringComparison.Ordinal)
            .Replace("{{message}}", Escaped(Message), StringComparison.Ordinal);
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text).Replace("{{", "&#123;&#123;", StringComparison.Ordinal);
}
