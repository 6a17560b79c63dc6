using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;
using TongBan.Host.People;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Cases;

/// <summary>How a date was got.</summary>
/// <param name="Promised">The day by which the decision was promised; null while stopped or not started.</param>
/// <param name="Legal">The last day that the law allows.</param>
/// <param name="Light">How the explained limit stands.</param>
/// <param name="Holder">Who holds the explained limit.</param>
/// <param name="State">Whether the explained limit counts.</param>
/// <param name="Days">Every day of the explained limit from its start, counted or skipped, with the rule.</param>
/// <param name="Kind">Which limit is explained.</param>
/// <param name="Due">The explained limit's last day; null while stopped or not started.</param>
/// <param name="TimerAt">When those who hold it are told next.</param>
/// <param name="Provisional">The holidays of a year that was counted are not published yet.</param>
/// <param name="Text">The same in one paragraph, as the applicant reads it; null when there is no such limit.</param>
internal sealed record LimitView(
    DateOnly? Promised, DateOnly? Legal, Light? Light, string? Holder, LimitState? State, IReadOnlyList<LimitDayView> Days,
    LimitKind Kind, DateOnly? Due, DateTimeOffset? TimerAt, bool Provisional, string? Text);

/// <summary>One day of the count.</summary>
internal sealed record LimitDayView(DateOnly Date, bool Counted, string Rule);

/// <summary>How was this date got? Every day with its rule, for any limit of the case.</summary>
internal sealed class ExplainLimit(CaseAccess access, LimitStore limits)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/cases/{number}/limit", async (ExplainLimit handler, string number, string? kind, string? step, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.HandleAsync(number, kind, step, user.ToActor(), cancellation)).Answer(Results.Ok))
            .WithSummary("How a date was got: every day counted or skipped, with its rule; of the promised limit, or of another kind and step");

    public async Task<Result<LimitView>> HandleAsync(string number, string? kind, string? step, Actor actor, CancellationToken cancellation)
    {
        if (!Enum.TryParse<LimitKind>(kind ?? nameof(LimitKind.Promised), ignoreCase: true, out var asked) || !Enum.IsDefined(asked))
            return new FieldInvalid("kind", $"时限种类为 {string.Join("、", Enum.GetValues<LimitKind>().Select(known => Codes.Of(known)))} 之一");
        if ((await access.FindAsync(number, actor)).IsRefused(out var refusal, out _))
            return refusal;

        var clocks = await limits.DueAsync(number, cancellation);
        var answer = await limits.ExplainAsync(number, asked, step, cancellation);
        var clock = clocks.FirstOrDefault(c => c.Kind == asked && c.Step == (step ?? "")) is { } found ? ClockView.Of(found) : null;
        return new LimitView(
            DueOf(LimitKind.Promised), DueOf(LimitKind.Legal), clock?.Light, clock?.Holder, clock?.State,
            [.. (answer?.Days ?? []).Select(d => new LimitDayView(d.Date, d.Counted, LimitWords.Of(d)))],
            asked, answer?.Due, clock?.TimerAt, clock?.Provisional ?? false, answer is null ? null : LimitWords.Explain(asked, answer));

        DateOnly? DueOf(LimitKind of) => clocks.FirstOrDefault(c => c.Kind == of)?.DueOn;
    }
}
