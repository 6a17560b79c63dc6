using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.Notifications;
using TongBan.Domain.People;
using TongBan.Host.Papers;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Papers;

/// <summary>The set phrases of a kind of paper.</summary>
/// <param name="Closing">The paragraphs at the end, one a line.</param>
/// <param name="ChangedAt">When the city gave it words of its own; null for those of the product.</param>
internal sealed record WordingView(NoticeKind Kind, string Title, string Opening, string Closing, DateTimeOffset? ChangedAt, string? ChangedBy);

/// <summary>What a paper shall say.</summary>
internal sealed record WordingRequest(string? Opening, string? Closing);

/// <summary>Administrators word the papers: looked at as it would print, kept, or put back. What was handed out stays as it was.</summary>
internal sealed class KeepWordings(PaperWordings wordings, AuditTrail audit, TimeProvider time)
{
    private const int LongestOpening = 300;
    private const int LongestClosing = 1000;
    private const int MostParagraphs = 6;

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/wordings").RequireAuthorization(Policies.For(Act.KeepWordings));
        group.MapGet("", (KeepWordings handler) => handler.ListAsync()).WithSummary("The set phrases of each kind of paper");
        group.MapPut("/{kind}", (KeepWordings handler, string kind, WordingRequest request, ClaimsPrincipal user) =>
            OfAsync(kind, async paper => (await handler.SetAsync(paper, request, user.ToActor())).Answer(_ => Results.NoContent()))).WithSummary("Word a kind of paper");
        group.MapDelete("/{kind}", (KeepWordings handler, string kind, ClaimsPrincipal user) =>
            OfAsync(kind, async paper => (await handler.ResetAsync(paper, user.ToActor())).Answer(_ => Results.NoContent()))).WithSummary("Back to the product's own words");
        group.MapGet("/{kind}/preview.pdf", (KeepWordings handler, string kind, HttpResponse response) =>
            OfAsync(kind, async paper => Shown(response, handler.Preview(paper, await handler.KeptAsync(paper))))).WithSummary("A sample of the paper as it prints now");
        // A form of our own page posts it; UseSameOrigin has asked where it comes from.
        group.MapPost("/{kind}/preview.pdf", (KeepWordings handler, string kind, [FromForm] string? opening, [FromForm] string? closing, HttpResponse response) =>
            OfAsync(kind, paper => Task.FromResult(Check(paper, new(opening, closing)) is { } refusal ? refusal.ToProblem() : Shown(response, handler.Preview(paper, new(opening, closing))))))
            .DisableAntiforgery().WithSummary("A sample of the paper with other words, which are not kept");
    }

    public async Task<IReadOnlyList<WordingView>> ListAsync()
    {
        var own = await wordings.OwnAsync();
        var views = new List<WordingView>();
        foreach (var kind in Enum.GetValues<NoticeKind>())
        {
            var wording = await wordings.OfAsync(kind);
            var changed = own.TryGetValue(kind, out var found);
            views.Add(new(kind, wording.Title, wording.Opening, string.Join('\n', wording.Closing), changed ? found.At : null, changed ? found.By : null));
        }

        return views;
    }

    public async Task<Result<bool>> SetAsync(NoticeKind kind, WordingRequest request, Actor by)
    {
        if (Check(kind, request) is { } refusal)
            return refusal;
        await wordings.SetAsync(kind, request.Opening!.Trim(), string.Join('\n', Paragraphs.Of(request.Closing)), by.Name);
        await audit.AddAsync(by, "paper.wording", $"paper/{Codes.Of(kind)}", $"修改{NoticeStore.TitleOf(kind)}的文字");
        return true;
    }

    public async Task<Result<bool>> ResetAsync(NoticeKind kind, Actor by)
    {
        if (await wordings.ResetAsync(kind))
            await audit.AddAsync(by, "paper.wording", $"paper/{Codes.Of(kind)}", $"恢复{NoticeStore.TitleOf(kind)}的默认文字");
        return true;
    }

    /// <summary>What is wrong with the words, or null.</summary>
    public static Refusal? Check(NoticeKind kind, WordingRequest request) => (request.Opening?.Trim() ?? "", Paragraphs.Of(request.Closing)) switch
    {
        ({ Length: 0 or > LongestOpening }, _) => new FieldInvalid("opening", $"请填写正文，不超过 {LongestOpening} 字"),
        var (opening, _) when opening.AsSpan().ContainsAny('\r', '\n') => new FieldInvalid("opening", "正文为一段，不能换行"),
        var (opening, closing) when (Unknown(opening, "opening") ?? Unknown(string.Concat(closing), "closing")) is { } unknown => unknown,
        var (_, closing) when closing.Count > MostParagraphs || closing.Sum(text => text.Length) > LongestClosing => new FieldInvalid("closing", $"结尾不超过 {MostParagraphs} 段、{LongestClosing} 字"),
        var (_, closing) when kind == NoticeKind.Refusal && !(closing.Any(text => text.Contains("行政复议", StringComparison.Ordinal)) && closing.Any(text => text.Contains("行政诉讼", StringComparison.Ordinal))) =>
            new FieldInvalid("closing", "不予受理决定书须告知可以申请行政复议、提起行政诉讼"),
        _ => null,
    };

    private static Task<IResult> OfAsync(string kind, Func<NoticeKind, Task<IResult>> answer) =>
        Enum.TryParse<NoticeKind>(kind, ignoreCase: true, out var paper) && Enum.IsDefined(paper) ? answer(paper) : Task.FromResult<IResult>(new PaperUnknown(kind).ToProblem());

    private async Task<WordingRequest> KeptAsync(NoticeKind kind)
    {
        var wording = await wordings.OfAsync(kind);
        return new(wording.Opening, string.Join('\n', wording.Closing));
    }

    private byte[] Preview(NoticeKind kind, WordingRequest words) =>
        PaperPrinter.Print(SamplePaper.Of(kind, time), PaperWording.Of(kind) with { Opening = words.Opening!.Trim(), Closing = Paragraphs.Of(words.Closing) });

    private static IResult Shown(HttpResponse response, byte[] pdf)
    {
        response.Headers.ContentSecurityPolicy = "frame-ancestors 'self'";
        return Results.File(pdf, "application/pdf");
    }

    /// <summary>A place holder that no paper fills.</summary>
    private static FieldInvalid? Unknown(string text, string field) =>
        MessageWords.PlaceHoldersIn(text).FirstOrDefault(one => field != "opening" || one != "{item}") is { } found
            ? new FieldInvalid(field, $"没有占位符 {found}，正文中可以用 {{item}} 代表事项名称")
            : null;

    private sealed record PaperUnknown(string Paper) : Refusal(RefusalKind.NotFound, "paper_unknown", $"没有这种文书：{Paper}");
}
