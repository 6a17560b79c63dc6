using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.Notifications;
using TongBan.Domain.People;
using TongBan.Host.Mail;
using TongBan.Host.Papers;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Papers;

/// <summary>What a mail on a topic says beside its message.</summary>
/// <param name="Advice">Paragraphs, one a line.</param>
/// <param name="ChangedAt">When the city gave it words of its own; null for those of the product.</param>
internal sealed record MailWordsView(MessageTopic Topic, string Title, string Advice, DateTimeOffset? ChangedAt, string? ChangedBy);

/// <summary>What a mail shall say.</summary>
internal sealed record MailWordsRequest(string? Advice);

/// <summary>Administrators word the mails that are about no paper; those about a paper have the paper's words.</summary>
internal sealed class KeepMailWords(MailWordings wordings, AuditTrail audit, TimeProvider time)
{
    private const int Longest = 1000;
    private const int MostParagraphs = 6;

    private static readonly MessageTopic[] Topics = [.. Enum.GetValues<MessageTopic>().Where(topic => MessageTopics.PaperOf(topic) is null)];

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/mail-wordings").RequireAuthorization(Policies.For(Act.KeepWordings));
        group.MapGet("", (KeepMailWords handler) => handler.ListAsync()).WithSummary("What mails that are about no paper say beside their message");
        group.MapPut("/{topic}", (KeepMailWords handler, string topic, MailWordsRequest request, ClaimsPrincipal user) =>
            OfAsync(topic, async found => (await handler.SetAsync(found, request, user.ToActor())).Answer(_ => Results.NoContent()))).WithSummary("Word the mails on a topic");
        group.MapDelete("/{topic}", (KeepMailWords handler, string topic, ClaimsPrincipal user) =>
            OfAsync(topic, async found => (await handler.ResetAsync(found, user.ToActor())).Answer(_ => Results.NoContent()))).WithSummary("Back to the product's own words");
        group.MapGet("/{topic}/preview.html", (KeepMailWords handler, string topic, HttpResponse response) =>
            OfAsync(topic, async found => Shown(response, handler.Preview(await handler.KeptAsync(found))))).WithSummary("A sample of the mail as it is written now");
        // A form of our own page posts it; UseSameOrigin has asked where it comes from.
        group.MapPost("/{topic}/preview.html", (KeepMailWords handler, string topic, [FromForm] string? advice, HttpResponse response) =>
            OfAsync(topic, found => Task.FromResult(Check(new(advice)) is { } refusal ? refusal.ToProblem() : Shown(response, handler.Preview(MailTemplate.Of(found) with { Advice = PaperWordings.Paragraphs(advice ?? "") })))))
            .DisableAntiforgery().WithSummary("A sample of the mail with other words, which are not kept");
    }

    public async Task<IReadOnlyList<MailWordsView>> ListAsync()
    {
        var own = await wordings.OwnAsync();
        return [.. Topics.Select(topic =>
        {
            var (template, changed) = (MailTemplate.Of(topic), own.GetValueOrDefault(Codes.Of(topic)));
            return new MailWordsView(topic, template.Title, changed?.Advice ?? string.Join('\n', template.Advice), changed?.ChangedAt, changed?.ChangedBy);
        })];
    }

    public async Task<Result<bool>> SetAsync(MessageTopic topic, MailWordsRequest request, Actor by)
    {
        if (Check(request) is { } refusal)
            return refusal;
        await wordings.SetAsync(topic, string.Join('\n', PaperWordings.Paragraphs(request.Advice!)), by.Name);
        await audit.AddAsync(by, "mail.wording", $"mail/{Codes.Of(topic)}", $"修改邮件“{MailTemplate.Of(topic).Title}”的文字");
        return true;
    }

    public async Task<Result<bool>> ResetAsync(MessageTopic topic, Actor by)
    {
        if (await wordings.ResetAsync(topic))
            await audit.AddAsync(by, "mail.wording", $"mail/{Codes.Of(topic)}", $"恢复邮件“{MailTemplate.Of(topic).Title}”的默认文字");
        return true;
    }

    private static FieldInvalid? Check(MailWordsRequest request) => PaperWordings.Paragraphs(request.Advice ?? "") is { Count: > 0 and <= MostParagraphs } paragraphs && paragraphs.Sum(text => text.Length) <= Longest
        ? null
        : new FieldInvalid("advice", $"请填写 1 至 {MostParagraphs} 段，共不超过 {Longest} 字");

    private static Task<IResult> OfAsync(string code, Func<MessageTopic, Task<IResult>> answer) =>
        Enum.TryParse<MessageTopic>(code, ignoreCase: true, out var topic) && Topics.Contains(topic) ? answer(topic) : Task.FromResult<IResult>(new TopicUnknown(code).ToProblem());

    private Task<MailTemplate> KeptAsync(MessageTopic topic) => wordings.OfAsync(topic);

    private string Preview(MailTemplate template) => MailSample.Html(template, time);

    private static IResult Shown(HttpResponse response, string html)
    {
        response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'";
        return Results.Text(html, "text/html; charset=utf-8");
    }

    private sealed record TopicUnknown(string Topic) : Refusal(RefusalKind.NotFound, "mail_topic_unknown", $"没有这类邮件，或者它使用文书的文字：{Topic}");
}
