using System.Globalization;
using Elsa.Persistence;
using Hangfire;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.People;
using TongBan.Domain.Places;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Jobs;

namespace TongBan.Host.Features.Calendars;

/// <summary>No such place.</summary>
internal sealed record CalendarPlaceUnknown(string Division) : Refusal(RefusalKind.NotFound, "division_unknown", $"没有区划 {Division}", "division");

/// <summary>Nothing is prepared for the year.</summary>
internal sealed record CalendarDraftMissing(int Year) : Refusal(RefusalKind.NotFound, "calendar_draft_missing", $"{Year}年没有草稿，请先导入。", "year");

/// <summary>The year is not published.</summary>
internal sealed record CalendarNotPublished(int Year) : Refusal(RefusalKind.Conflict, "calendar_not_published", $"{Year}年的日历没有公布。", "year");

/// <summary>
/// What administrators do with calendars: prepare a year from a file, look at it, publish it, take it back. Whatever changes how
/// limits count asks for a recount in the same transaction.
/// </summary>
internal sealed class KeepCalendar(DatabaseSession session, CalendarDesk desk, CalendarStore calendars, PlaceStore places, LimitRecountStore recounts, AuditTrail audit, IBackgroundJobClient jobs, TimeProvider time)
{
    private const int LongestNotice = 200;

    /// <summary>Reads a file and keeps it as the draft of a year.</summary>
    public async Task<Result<CalendarYear>> ImportAsync(string division, int year, string? notice, string? text, Actor by, CancellationToken cancellation)
    {
        if (await places.FindDivisionAsync(division, cancellation) is not { } place)
            return new CalendarPlaceUnknown(division);
        if (notice?.Length > LongestNotice)
            return new CalendarYearInvalid("notice", $"文件名称不超过{LongestNotice}字。");
        if (CalendarFile.Read(text ?? "", year, notice?.Trim() ?? "").IsRefused(out var refusal, out var read))
            return refusal;
        await session.InTransactionAsync(
            async ct =>
            {
                await desk.SaveAsync(division, read, by.UserName, ct);
                await audit.AddAsync(by, "calendar.draft", Subject(division, year), $"保存{place.Name}{year}年工作日历草稿", read.Notice);
            },
            cancellation);
        return read;
    }

    /// <summary>Throws the draft of a year away.</summary>
    public async Task<Result<bool>> DiscardAsync(string division, int year, CancellationToken cancellation) =>
        await desk.DiscardAsync(division, year, cancellation) ? true : new CalendarDraftMissing(year);

    /// <summary>Publishes the draft of a year: limits count by it from now on, and open ones are counted again.</summary>
    public async Task<Result<LimitRecount>> PublishAsync(string division, int year, Actor by, CancellationToken cancellation)
    {
        if (await desk.DraftAsync(division, year, cancellation) is not { } draft)
            return new CalendarDraftMissing(year);
        return await ChangeAsync(
            division, year, place => $"公布{place}{year}年工作日历（{draft.Notice}）",
            async ct => (await calendars.PublishAsync(division, draft, by.UserName, time.GetUtcNow(), ct)).Refusal, by, cancellation);
    }

    /// <summary>Takes a published year back: it is counted from weekends alone, and marked so.</summary>
    public Task<Result<LimitRecount>> WithdrawAsync(string division, int year, Actor by, CancellationToken cancellation) => ChangeAsync(
        division, year, place => $"撤回{place}{year}年工作日历，暂按周末计算",
        async ct => await calendars.WithdrawAsync(division, year, ct) ? null : new CalendarNotPublished(year), by, cancellation);

    /// <summary>Sets whether what is received on a day off counts as received on the next working day.</summary>
    public Task<Result<LimitRecount>> SetReceiptRuleAsync(string division, bool movesOn, Actor by, CancellationToken cancellation) => ChangeAsync(
        division, null, place => movesOn ? $"{place}改为非工作日收件视为下一个工作日收件" : $"{place}改为非工作日收件即为当日收件",
        async ct =>
        {
            await calendars.SetReceiptRuleAsync(division, movesOn, ct);
            return null;
        },
        by, cancellation);

    private static string Subject(string division, int? year) => year is { } of ? string.Create(CultureInfo.InvariantCulture, $"calendar/{division}/{of}") : $"calendar/{division}";

    private async Task<Result<LimitRecount>> ChangeAsync(
        string division, int? year, Func<string, string> reason, Func<CancellationToken, Task<Refusal?>> change, Actor by, CancellationToken cancellation)
    {
        if (await places.FindDivisionAsync(division, cancellation) is not { } place)
            return new CalendarPlaceUnknown(division);
        var result = await session.InTransactionAsync<Result<LimitRecount>>(
            async ct =>
            {
                if (await change(ct) is { } refusal)
                    return refusal;
                var why = reason(place.Name);
                await audit.AddAsync(by, "calendar.change", Subject(division, year), why);
                return await recounts.AskAsync(division, why, by);
            },
            cancellation);
        // Checkpoint: a crash here leaves the recount asked for and no job; the sweep of every minute finds it.
        if (!result.IsRefused(out _, out var recount))
            jobs.Enqueue<LimitRecountJob>(job => job.RunAsync(recount.Id, CancellationToken.None));
        return result;
    }
}
