using TongBan.Domain.Catalogue;
using TongBan.Domain.Materials;
using TongBan.Domain.Notifications;
using TongBan.Domain.People;
using TongBan.Domain.Places;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Cases;

/// <summary>Formal acceptance (受理): its notice, its refusal, and the clocks that start and end with it.</summary>
public sealed class Acceptance(CaseDesk desk, Messenger messenger)
{
    /// <summary>Working days from receipt within which to accept, refuse or ask for a supplement (行政许可法第三十二条).</summary>
    public const int Days = 5;

    /// <summary>What is received is complete: the time in which the applicant has to be answered begins.</summary>
    public async Task ReceiveAsync(Case @case, Actor by)
    {
        var hall = await desk.Places.FindHallAsync(@case.Hall) ?? throw new InvalidOperationException($"Hall {@case.Hall} of case {@case.Number} does not exist.");
        var holder = @case.Mode == (int)HandlingMode.CollectDecideAtHome ? (await desk.AuthorityAsync(@case)).Name : hall.Name;
        await desk.Clocks.StartAsync(new LimitStart(@case.Number, LimitKind.Acceptance, Days, DayKind.Working, desk.Time.Today(), holder, hall.Division), by);
    }

    /// <summary>Accepts: the notice is issued, and the promised and the legal limit start.</summary>
    /// <param name="step">The workflow step that accepts; issuing twice for one step issues once.</param>
    public async Task AcceptAsync(Case @case, Actor by, string step)
    {
        await desk.MoveAsync(@case, CaseState.Accepted, by, "正式受理");
        await BeginAsync(@case, desk.Time.Today(), by, step, null);
    }

    /// <summary>Whether the case was accepted, by somebody or by law.</summary>
    public async Task<bool> IsDoneAsync(Case @case) => await desk.Notices.LatestAsync(@case.Number, NoticeKind.Acceptance) is not null;

    /// <summary>
    /// Takes the case for accepted as of receipt, because nobody told the applicant anything within the time that the law gives;
    /// the applicant is told.
    /// </summary>
    /// <param name="receivedOn">The day on which the materials were complete.</param>
    /// <returns>False when it was accepted before.</returns>
    public async Task<bool> DeemAsync(Case @case, DateOnly receivedOn, string step)
    {
        if (await IsDoneAsync(@case))
            return false;
        const string what = "受理时限届满未作答复，视为受理";
        var why = $"《行政许可法》第三十二条，自收到申请材料之日（{receivedOn:yyyy-MM-dd}）起";
        if (@case.State == CaseState.Received)
            await desk.MoveAsync(@case, CaseState.Accepted, Actor.System, what, why);
        else
            await desk.Timeline.AddAsync(@case.Number, Actor.System, "acceptance", what, why);
        await BeginAsync(
            @case, receivedOn, Actor.System, step, $"自{receivedOn:yyyy年M月d日}收到申请材料起{Days}个工作日内未作答复，依照《行政许可法》第三十二条，自收到申请材料之日起即为受理。");
        if (@case.State == CaseState.Supplementing)
            await desk.Clocks.StopAsync(@case.Number, "补正", Actor.System);
        await messenger.TellAsync(@case, MessageTopic.Acceptance, step, ("received", $"{receivedOn:yyyy年M月d日}"));
        return true;
    }

    /// <summary>Refuses to accept, in writing and with the reason.</summary>
    public async Task RefuseAsync(Case @case, string reason, Actor by, string step)
    {
        await desk.MoveAsync(@case, CaseState.NotAccepted, by, "不予受理", reason);
        await desk.Clocks.EndAsync(@case.Number, LimitKind.Acceptance, by);
        await desk.Notices.IssueAsync(@case.Number, await desk.DivisionAsync(@case), NoticeKind.Refusal, new NoticeContent(
            @case.Applicant.Name, @case.ItemName, (await desk.AuthorityAsync(@case)).Name,
            [new("办件编号", @case.Number)], [], reason), step, by);
    }

    private async Task BeginAsync(Case @case, DateOnly on, Actor by, string step, string? text)
    {
        var item = await desk.ItemAsync(@case);
        var authority = await desk.AuthorityAsync(@case);
        await desk.Clocks.EndAsync(@case.Number, LimitKind.Acceptance, by);
        await StartAsync(@case, LimitKind.Promised, item.PromisedDays, item, authority, on, by);
        await StartAsync(@case, LimitKind.Legal, item.LegalDays ?? 0, item, authority, on, by);
        var promised = await desk.Clocks.PromisedAsync(@case.Number);
        var due = promised?.DueOn is { } day ? $"{day:yyyy年M月d日}{(promised.Provisional ? "（放假安排公布后可能调整）" : "")}" : "当日";
        await desk.Notices.IssueAsync(@case.Number, await desk.DivisionAsync(@case), NoticeKind.Acceptance, new NoticeContent(
            @case.Applicant.Name, @case.ItemName, authority.Name,
            [
                new("办件编号", @case.Number),
                new("审批部门", authority.Name),
                new("受理日期", $"{on:yyyy年M月d日}"),
                new("承诺时限", item.PromisedDays > 0 ? $"{item.PromisedDays}个{(item.DayKind == DayKind.Working ? "工作日" : "自然日")}" : "当场办结"),
                new("承诺办结日期", due),
            ],
            Checklist.Received(item, await desk.Materials.ListAsync(@case.Number)), text), step, by);
    }

    private Task StartAsync(Case @case, LimitKind kind, int days, ServiceItem item, Authority authority, DateOnly on, Actor by) => days == 0
        ? Task.CompletedTask
        : desk.Clocks.StartAsync(new LimitStart(@case.Number, kind, days, item.DayKind, on, authority.Name, authority.Division, WarningDays: item.WarningDays), by);
}
