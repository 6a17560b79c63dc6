using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.Notifications;
using TongBan.Domain.People;
using TongBan.Host.Mail;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Papers;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Papers;

/// <summary>What messages on a topic say.</summary>
/// <param name="Title">The heading of a mail.</param>
/// <param name="Advice">What a mail adds, one paragraph a line; null where a mail repeats a paper and has its words.</param>
/// <param name="Facts">What the words may hold a place for.</param>
/// <param name="ChangedAt">When the city gave it words of its own; null for those of the product.</param>
internal sealed record MessageWordsView(
    MessageTopic Topic, string Title, string Subject, string Text, string? Advice, IReadOnlyList<MessageFact> Facts, DateTimeOffset? ChangedAt, string? ChangedBy);

/// <summary>What a message shall say.</summary>
internal sealed record MessageWordsRequest(string? Subject, string? Text, string? Advice);

/// <summary>Administrators word the messages to applicants: looked at, kept, or put back. What was sent stays as it was.</summary>
internal sealed class KeepMessageWords(MessageWordings wordings, PaperWordings papers, AuditTrail audit, TimeProvider time)
{
    private const int LongestSubject = 60;
    private const int LongestText = 300;
    private const int LongestAdvice = 1000;
    private const int MostParagraphs = 6;

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/message-wordings").RequireAuthorization(Policies.For(Act.KeepWordings));
        group.MapGet("", (KeepMessageWords handler) => handler.ListAsync()).WithSummary("What messages to applicants say");
        group.MapPut("/{topic}", (KeepMessageWords handler, string topic, MessageWordsRequest request, ClaimsPrincipal user) =>
            OfAsync(topic, async found => (await handler.SetAsync(found, request, user.ToActor())).Answer(_ => Results.NoContent()))).WithSummary("Word the messages on a topic");
        group.MapDelete("/{topic}", (KeepMessageWords handler, string topic, ClaimsPrincipal user) =>
            OfAsync(topic, async found => (await handler.ResetAsync(found, user.ToActor())).Answer(_ => Results.NoContent()))).WithSummary("Back to the product's own words");
        group.MapGet("/{topic}/preview.html", (KeepMessageWords handler, string topic, HttpResponse response) =>
            OfAsync(topic, async found => Shown(response, await handler.PreviewAsync(found, await handler.KeptAsync(found))))).WithSummary("A sample of the mail as it is written now");
        // A form of our own page posts it; UseSameOrigin has asked where it comes from.
        group.MapPost("/{topic}/preview.html", (KeepMessageWords handler, string topic, [FromForm] string? subject, [FromForm] string? text, [FromForm] string? advice, HttpResponse response) =>
            OfAsync(topic, async found => Check(found, new(subject, text, advice)).IsRefused(out var refusal, out var words) ? refusal.ToProblem() : Shown(response, await handler.PreviewAsync(found, words))))
            .DisableAntiforgery().WithSummary("A sample of the mail with other words, which are not kept");
    }

    public async Task<IReadOnlyList<MessageWordsView>> ListAsync()
    {
        var own = await wordings.OwnAsync();
        return [.. MessageWords.Topics.Select(topic =>
        {
            var changed = own.GetValueOrDefault(topic);
            var words = changed?.Words ?? MessageWords.Of(topic);
            return new MessageWordsView(
                topic, words.Title, words.Subject, words.Text, HasAdvice(topic) ? string.Join('\n', words.Advice) : null, MessageWords.FactsOf(topic), changed?.ChangedAt, changed?.ChangedBy);
        })];
    }

    public async Task<Result<bool>> SetAsync(MessageTopic topic, MessageWordsRequest request, Actor by)
    {
        if (Check(topic, request).IsRefused(out var refusal, out var words))
            return refusal;
        await wordings.SetAsync(topic, words, by.Name);
        await audit.AddAsync(by, "message.wording", $"message/{Codes.Of(topic)}", $"修改“{words.Title}”短信和邮件的文字");
        return true;
    }

    public async Task<Result<bool>> ResetAsync(MessageTopic topic, Actor by)
    {
        if (await wordings.ResetAsync(topic))
            await audit.AddAsync(by, "message.wording", $"message/{Codes.Of(topic)}", $"恢复“{MessageWords.Of(topic).Title}”短信和邮件的默认文字");
        return true;
    }

    /// <summary>The words that were asked for, or what is wrong with them.</summary>
    public static Result<MessageWords> Check(MessageTopic topic, MessageWordsRequest request)
    {
        var (subject, text, advice) = (request.Subject?.Trim() ?? "", request.Text?.Trim() ?? "", Paragraphs.Of(request.Advice));
        if (subject.Length is 0 or > LongestSubject || IsMoreThanALine(subject))
            return new FieldInvalid("subject", $"请填写一行标题，不超过 {LongestSubject} 字");
        if (text.Length is 0 or > LongestText || IsMoreThanALine(text))
            return new FieldInvalid("text", $"请填写一段正文，不超过 {LongestText} 字");
        if (HasAdvice(topic) && (advice.Count is 0 or > MostParagraphs || advice.Sum(paragraph => paragraph.Length) > LongestAdvice))
            return new FieldInvalid("advice", $"请填写 1 至 {MostParagraphs} 段，共不超过 {LongestAdvice} 字");

        var facts = MessageWords.FactsOf(topic);
        if ((Unknown("subject", subject, facts) ?? Unknown("text", text, facts) ?? Unknown("advice", string.Concat(advice), [])) is { } unknown)
            return unknown;
        return facts.FirstOrDefault(fact => fact.Required && !text.Contains($"{{{fact.Name}}}", StringComparison.Ordinal)) is { } missing
            ? new FieldInvalid("text", $"正文须有 {{{missing.Name}}}（{missing.Meaning}）")
            : MessageWords.Of(topic) with { Subject = subject, Text = text, Advice = HasAdvice(topic) ? advice : [] };
    }

    /// <summary>A mail that repeats a paper ends with the paper's words.</summary>
    private static bool HasAdvice(MessageTopic topic) => MessageTopics.PaperOf(topic) is null;

    private static bool IsMoreThanALine(string text) => text.AsSpan().ContainsAny('\r', '\n');

    private static FieldInvalid? Unknown(string field, string text, IReadOnlyList<MessageFact> facts) =>
        MessageWords.PlaceHoldersIn(text).FirstOrDefault(one => facts.All(fact => one != $"{{{fact.Name}}}")) is { } found
            ? new FieldInvalid(field, facts.Count == 0 ? $"此处没有占位符 {found}" : $"没有占位符 {found}，可以用 {string.Join('、', facts.Select(fact => $"{{{fact.Name}}}"))}")
            : null;

    private static Task<IResult> OfAsync(string code, Func<MessageTopic, Task<IResult>> answer) =>
        Enum.TryParse<MessageTopic>(code, ignoreCase: true, out var topic) && MessageWords.Topics.Contains(topic) ? answer(topic) : Task.FromResult<IResult>(new TopicUnknown(code).ToProblem());

    private Task<MessageWords> KeptAsync(MessageTopic topic) => wordings.OfAsync(topic);

    private async Task<string> PreviewAsync(MessageTopic topic, MessageWords words)
    {
        var template = MessageTopics.PaperOf(topic) is { } paper ? MailTemplate.Of(await papers.OfAsync(paper)) : MailTemplate.Of(words);
        return MailSample.Html(template, MessageWords.Fill(words.Text, MessageWords.FactsOf(topic).ToDictionary(fact => fact.Name, fact => fact.Sample, StringComparer.Ordinal)), time);
    }

    private static IResult Shown(HttpResponse response, string html)
    {
        response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'";
        return Results.Text(html, "text/html; charset=utf-8");
    }

    private sealed record TopicUnknown(string Topic) : Refusal(RefusalKind.NotFound, "message_topic_unknown", $"没有这类通知：{Topic}");
}
