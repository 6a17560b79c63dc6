using TongBan.Host.Workflows;
using Hangfire;
using TongBan.Domain.Cases;
using TongBan.Domain.Partners;
using TongBan.Domain.People;
using TongBan.Host.Partners;
using TongBan.Workflows;

namespace TongBan.Host.Jobs;

/// <summary>Makes one attempt at a call of the outbox and writes down what came of it. The call's id is its idempotency key, so an attempt too many does no harm.</summary>
internal sealed class PartnerCallJob(CaseTransaction transaction, CaseDesk desk, CaseWorkflows workflows, PartnerCalls calls, ILogger<PartnerCallJob> logger)
{
    /// <summary>Attempts before a person is asked: with the delays between them some ten minutes.</summary>
    public const int MostAttempts = 9;

    /// <summary>Longer than an attempt can take with its time-outs.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await desk.Outbox.ClaimAsync(id, Lease) is not { } call)
            return;

        // Checkpoint 1: a crash here means that nothing was sent; the call is handed out again when its lease ends.
        var answer = await calls.MakeAsync(call, cancellationToken);

        // Checkpoint 2: a crash here means that the partner may have it and we do not know; the next attempt carries the same key and gets the same answer.
        switch (answer)
        {
            case PartnerAnswer.Answered answered:
                var @case = await desk.Cases.GetAsync(call.CaseNumber);
                await transaction.RunAsync(@case, ct => TakeAsync(call, answered, @case, ct), cancellationToken);
                break;
            case PartnerAnswer.Refused refused:
                await GiveUpAsync(call, $"HTTP {refused.Status} {refused.Body}", cancellationToken);
                break;
            case PartnerAnswer.Unreachable unreachable when call.Attempts >= MostAttempts:
                await GiveUpAsync(call, unreachable.Reason, cancellationToken);
                break;
            case PartnerAnswer.Unreachable unreachable:
                logger.LogInformation("Call {Call} to {Partner} failed at attempt {Attempt}: {Reason}", call.Id, call.Partner, call.Attempts, unreachable.Reason);
                await desk.Outbox.PostponeAsync(call.Id, unreachable.Reason, DelayAfter(call.Attempts));
                break;
        }
    }

    /// <summary>Doubling from two seconds, with jitter so that calls that failed together do not come back together.</summary>
    private static TimeSpan DelayAfter(int attempts)
    {
        var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempts), LongestDelay.TotalSeconds));
        return delay * (0.75 + (Random.Shared.NextDouble() / 2));
    }

    private async Task<bool> TakeAsync(PartnerCall call, PartnerAnswer.Answered answered, Case @case, CancellationToken cancellationToken)
    {
        // Another attempt may have brought the answer already; then there is nobody left to wake.
        if (!await desk.Outbox.AnswerAsync(call.Id, answered.Json))
            return false;
        await workflows.WakeAsync(@case, cancellationToken);
        return true;
    }

    private async Task GiveUpAsync(PartnerCall call, string error, CancellationToken cancellationToken) =>
        await transaction.RunAsync(
            await desk.Cases.GetAsync(call.CaseNumber),
            async _ =>
            {
                if (!await desk.Outbox.SettleAsync(call.Id, PartnerCallState.Failed, error, PartnerCallState.Pending))
                    return false;
                var what = $"{Words(call)}未成功";
                await desk.Incidents.OpenAsync(call.CaseNumber, Incident.OfCall, call.Id.ToString(), what, error);
                await desk.Timeline.AddAsync(call.CaseNumber, Actor.System, "incident", what + "，等待人工处理");
                return true;
            },
            cancellationToken);

    private static string Words(PartnerCall call) => call.Operation switch
    {
        "createOrder" => "物流下单",
        "pushCase" => "向审批系统推送办件",
        "sendMail" => "发送电子邮件",
        "sendMaterials" => "以电子邮件发送材料",
        "sendSms" => "发送短信",
        var operation => operation,
    };
}
