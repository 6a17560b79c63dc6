using System.Security.Cryptography;
using System.Text;
using TongBan.Domain;
using TongBan.Domain.Approvals;
using TongBan.Domain.Cases;
using TongBan.Domain.Notifications;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Features.Supervision;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Tracking;

/// <summary>What the applicant sees of the case, in plain words.</summary>
/// <param name="DueIsProvisional">The holidays of a year that was counted are not published yet, so the date may still move.</param>
/// <param name="LimitText">How the due date was got, in one paragraph; of the acceptance until the case is accepted.</param>
/// <param name="Next">What happens next, and whether the applicant has to do anything.</param>
/// <param name="Papers">Papers that were issued, to download.</param>
/// <param name="RatingAnswer">What was answered to a bad rating.</param>
internal sealed record TrackedCase(
    string Number, CaseState State, string StateName, string Item, string Authority, DateOnly? DueDate, Light? Light, string Next, DecisionResult? Decision,
    IReadOnlyList<TrackedEvent> Timeline, bool DueIsProvisional, string? LimitText, IReadOnlyList<NoticeKind> Papers, string? RatingAnswer);

/// <summary>One line of what happened.</summary>
internal sealed record TrackedEvent(DateTimeOffset At, string Text);

/// <summary>Progress for the applicant, by number and secret. A wrong number and a wrong secret are told apart by nothing.</summary>
internal sealed class TrackCase(CaseDesk desk, LimitStore limits, RatingFollowUp ratings)
{
    private static readonly string[] Shown = ["opened", "state", "withdrawal", "notice", "shipment", "returned", "acceptance", "extended", "recount"];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/track/{number}", async (TrackCase handler, string number, string? secret) => (await handler.HandleAsync(number, secret)).Answer(Results.Ok))
            .AllowAnonymous().RequireRateLimiting(ProblemServices.TrackingLimit)
            .WithSummary("Progress for the applicant, by case number and secret");

    public async Task<Result<TrackedCase>> HandleAsync(string number, string? secret)
    {
        if ((await FindAsync(desk.Cases, number, secret)).IsRefused(out var refusal, out var @case))
            return refusal;

        var clocks = await limits.DueAsync(number);
        var clock = clocks.FirstOrDefault(c => c.Kind == LimitKind.Promised);
        // Until it is accepted, the applicant waits for the acceptance.
        var explained = clock is not null ? LimitKind.Promised : LimitKind.Acceptance;
        var answer = await limits.ExplainAsync(number, explained);
        var timeline = await desk.Timeline.ListAsync(number);
        return new TrackedCase(
            number, @case.State, @case.StateName, @case.ItemName, (await desk.AuthorityAsync(@case)).Name, clock?.DueOn, clock?.Light, Next(@case),
            (await desk.Decisions.FindAsync(number))?.Result,
            [.. timeline.Where(e => Shown.Contains(e.Kind, StringComparer.Ordinal)).Select(e => new TrackedEvent(e.At, e.What))],
            clock?.Provisional ?? false, answer is null ? null : LimitWords.Explain(explained, answer), await desk.Notices.KindsAsync(number), await ratings.AnswerOfAsync(number));
    }

    /// <summary>The case, if the secret fits; compared in constant time.</summary>
    public static async Task<Result<Case>> FindAsync(CaseStore cases, string number, string? secret)
    {
        var found = await cases.FindAsync(number);
        var expected = Encoding.UTF8.GetBytes(found?.Secret ?? CaseNumbers.NewSecret());
        var given = Encoding.UTF8.GetBytes((secret ?? "").Trim().ToUpperInvariant());
        return CryptographicOperations.FixedTimeEquals(expected, given) && found is not null ? found : new NothingToTrack();
    }

    private static string Next(Case @case) => @case.State switch
    {
        CaseState.Draft => "请按清单交齐材料。",
        CaseState.Received => "材料已收齐，等待受理。",
        CaseState.Supplementing => "请按补正通知一次性补齐材料，补齐前不计时。",
        CaseState.Accepted or CaseState.Forwarded => "已受理或转办，正交审批部门办理，您无需再跑。",
        CaseState.NotAccepted => "申请未被受理，理由见不予受理决定书。",
        CaseState.Reviewing => "审批部门正在审查，将在承诺时限内作出决定。",
        CaseState.SpecialProcedure => "正在进行特别程序，其时间不计入时限。",
        CaseState.Decided => "已作出决定，正在准备送达。",
        CaseState.Delivering => "结果正在寄送，请留意签收。",
        CaseState.AwaitingPickup => "请凭取件码到所选大厅领取结果。",
        CaseState.Delivered => "结果已到您手中，欢迎评价。",
        CaseState.Withdrawn => "已按您的要求撤件。",
        _ => "办件已归档，欢迎评价。",
    };

    private sealed record NothingToTrack() : Refusal(RefusalKind.NotFound, "case_unknown", "办件编号或查询密码不正确");
}
