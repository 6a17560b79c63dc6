using TongBan.Domain.Cases;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.People;
using TongBan.Domain.Tasks;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Approvals;

/// <summary>Taking down an authority's decision: once, with its files; the limits to decide end, the one to deliver begins.</summary>
public sealed class Ruling(CaseDesk desk, MaterialIntake intake)
{
    /// <summary>Working days within which the result is delivered after the decision (行政许可法第四十四条).</summary>
    private const int DeliveryDays = 10;

    /// <summary>Takes down the decision. A case that has one keeps it; the second is told to the timeline and changes nothing.</summary>
    public async Task DecideAsync(Case @case, DecisionResult result, string? documentNumber, string? reason, IReadOnlyList<ResultFile> files, Actor by)
    {
        if (!await desk.Decisions.AddAsync(new Decision(@case.Number, result, documentNumber, reason, @case.Authority, desk.Time.GetUtcNow(), by.UserName)))
        {
            await desk.Timeline.AddAsync(@case.Number, by, "decision", "收到又一份决定，原决定不变", documentNumber ?? reason);
            return;
        }

        foreach (var file in files)
            await AddFileAsync(@case.Number, file);
        await desk.Clocks.EndAsync(@case.Number, LimitKind.Promised, by);
        await desk.Clocks.EndAsync(@case.Number, LimitKind.Legal, by);
        await desk.Clocks.StartAsync(
            new LimitStart(@case.Number, LimitKind.Delivery, DeliveryDays, DayKind.Working, desk.Time.Today(), "统一物流与窗口", await desk.DivisionAsync(@case)), by);
        var what = result == DecisionResult.Approved ? $"作出准予决定（{documentNumber}）" : "作出不予决定";
        await desk.MoveAsync(@case, CaseState.Decided, by, what, reason);
    }

    private async Task AddFileAsync(string caseNumber, ResultFile file)
    {
        // It was looked into when it came and is under its hash already: taking it twice is taking it once. What a scanner has
        // learnt since does not undo a decision, but neither is such a file kept.
        if ((await intake.TakeAsync(new MemoryStream(Convert.FromBase64String(file.Base64)))).IsRefused(out var refusal, out var taken))
        {
            await desk.Timeline.AddAsync(caseNumber, Actor.System, "decision", $"结果文件“{file.Name}”未能收存", refusal.Message);
            return;
        }

        await desk.Decisions.AddFileAsync(caseNumber, new StoredResultFile(Guid.CreateVersion7(), FileNames.Of(file.Name, taken.Nature), taken.Nature.MediaType, taken.Sha256, taken.Size));
    }
}
