using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Cases;

/// <summary>
/// The limits of a case as its workflow drives them. A step may be run again, and a workflow may stop what does not run:
/// what is so already stays so; any other refusal is a fault of the workflow and throws.
/// </summary>
public sealed class CaseClocks(LimitStore limits, TimeProvider time)
{
    /// <summary>Starts a limit today; one that runs goes on as it is.</summary>
    public async Task StartAsync(LimitStart start, Actor by) => Tolerate<LimitAlreadyStarted>(await limits.StartAsync(start, by));

    /// <summary>Stops every limit of the case that runs.</summary>
    public async Task StopAsync(string caseNumber, string reason, Actor by) =>
        Tolerate<LimitNotStarted, LimitAlreadyStopped>(await limits.StopAsync(caseNumber, reason, by, time.GetUtcNow()));

    /// <summary>Lets every stopped limit of the case go on, from the next day that counts.</summary>
    public async Task ResumeAsync(string caseNumber, Actor by) =>
        Tolerate<LimitNotStarted, LimitNotStopped>(await limits.ResumeAsync(caseNumber, by, time.GetUtcNow()));

    /// <summary>Ends one kind of limit.</summary>
    public async Task EndAsync(string caseNumber, LimitKind kind, Actor by) =>
        Tolerate<LimitNotStarted, LimitEnded>(await limits.EndAsync(caseNumber, kind, by, time.GetUtcNow()));

    /// <summary>Ends the limit of a step.</summary>
    public async Task EndStepAsync(string caseNumber, string step, Actor by) =>
        Tolerate<LimitNotStarted, LimitEnded>(await limits.EndStepAsync(caseNumber, step, by, time.GetUtcNow()));

    /// <summary>Lets nobody be told of the promised and the legal limit; they count on.</summary>
    public Task MuteAsync(string caseNumber) => limits.MuteAsync(caseNumber);

    /// <summary>Ends whatever still runs.</summary>
    public async Task EndAllAsync(string caseNumber, Actor by) =>
        Tolerate<LimitNotStarted, LimitEnded>(await limits.EndAllAsync(caseNumber, by, time.GetUtcNow()));

    /// <summary>The day by which the decision was promised, or null while nothing runs.</summary>
    public async Task<DateOnly?> PromisedDueAsync(string caseNumber) => (await PromisedAsync(caseNumber))?.DueOn;

    /// <summary>The promised limit, or null when the item has none or it has not begun.</summary>
    public async Task<LimitClock?> PromisedAsync(string caseNumber) =>
        (await limits.DueAsync(caseNumber)).FirstOrDefault(c => c.Kind == LimitKind.Promised);

    private static void Tolerate<TRefusal>(Result<LimitAnswer> result) where TRefusal : Refusal
    {
        if (result.Refusal is not null and not TRefusal)
            throw new InvalidOperationException(result.Refusal.Message);
    }

    private static void Tolerate<TRefusal, TOther>(Result<int> result) where TRefusal : Refusal where TOther : Refusal
    {
        if (result.Refusal is not null and not TRefusal and not TOther)
            throw new InvalidOperationException(result.Refusal.Message);
    }
}
