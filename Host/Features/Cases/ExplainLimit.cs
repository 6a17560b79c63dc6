using System.Security.Claims;
using TongBan.Domain.TimeLimits;
using TongBan.Host.People;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Cases;

/// <summary>How the promised date was got.</summary>
/// <param name="Promised">The day by which the decision was promised; null while stopped or not started.</param>
/// <param name="Legal">The last day that the law allows.</param>
/// <param name="Days">Every day from the start, counted or skipped, with the rule.</param>
internal sealed record LimitView(DateOnly? Promised, DateOnly? Legal, Light? Light, string? Holder, LimitState? State, IReadOnlyList<LimitDayView> Days);

/// <summary>One day of the count.</summary>
internal sealed record LimitDayView(DateOnly Date, bool Counted, string Rule);

/// <summary>How was this date got? Every day with its rule.</summary>
internal static class ExplainLimit
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/cases/{number}/limit", async (CaseAccess access, LimitStore limits, string number, ClaimsPrincipal user, CancellationToken cancellation) =>
        {
            if ((await access.FindAsync(number, user.ToActor())).IsRefused(out var refusal, out _))
                return refusal.ToProblem();
            var clocks = await limits.DueAsync(number, cancellation);
            var promised = clocks.FirstOrDefault(c => c.Kind == LimitKind.Promised);
            var answer = await limits.ExplainAsync(number, LimitKind.Promised, cancellation: cancellation);
            return Results.Ok(new LimitView(
                promised?.DueOn, clocks.FirstOrDefault(c => c.Kind == LimitKind.Legal)?.DueOn, promised?.Light, promised?.Holder, promised?.State,
                [.. (answer?.Days ?? []).Select(d => new LimitDayView(d.Date, d.Counted, DayWords.Of(d)))]));
        }).WithSummary("How the promised date was got: every day counted or skipped, with its rule");
}
