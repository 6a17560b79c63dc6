using TongBan.Domain.Notifications;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Cases;

/// <summary>Formal acceptance (受理): its notice, its refusal, and the clocks that start with it.</summary>
public sealed class Acceptance(CaseDesk desk)
{
    /// <summary>Accepts: the notice is issued, and the promised and the legal limit start.</summary>
    /// <param name="step">The workflow step that accepts; issuing twice for one step issues once.</param>
    public async Task AcceptAsync(Case @case, Actor by, string step)
    {
        var item = await desk.ItemAsync(@case);
        var authority = await desk.AuthorityAsync(@case);
        var on = CityTime.DateOf(desk.Time.GetUtcNow());

        await desk.MoveAsync(@case, CaseState.Accepted, by, "正式受理");
        await StartAsync(LimitKind.Promised, item.PromisedDays);
        await StartAsync(LimitKind.Legal, item.LegalDays ?? 0);
        var due = await desk.Clocks.PromisedDueAsync(@case.Number);
        await desk.Notices.IssueAsync(@case.Number, await desk.DivisionAsync(@case), NoticeKind.Acceptance, new NoticeContent(
            @case.Applicant.Name, @case.ItemName, authority.Name,
            [
                new("办件编号", @case.Number),
                new("审批部门", authority.Name),
                new("受理日期", $"{on:yyyy年M月d日}"),
                new("承诺时限", item.PromisedDays > 0 ? $"{item.PromisedDays}个{(item.DayKind == DayKind.Working ? "工作日" : "自然日")}" : "当场办结"),
                new("承诺办结日期", due is { } d ? $"{d:yyyy年M月d日}" : "当日"),
            ],
            item.Materials.Where(m => m.Required).Select(m => m.Name).ToList()), step, by);

        Task StartAsync(LimitKind kind, int days) => days == 0
            ? Task.CompletedTask
            : desk.Clocks.StartAsync(new LimitStart(@case.Number, kind, days, item.DayKind, on, authority.Name, authority.Division, WarningDays: item.WarningDays), by);
    }

    /// <summary>Refuses to accept, in writing and with the reason.</summary>
    public async Task RefuseAsync(Case @case, string reason, Actor by, string step)
    {
        await desk.MoveAsync(@case, CaseState.NotAccepted, by, "不予受理", reason);
        await desk.Notices.IssueAsync(@case.Number, await desk.DivisionAsync(@case), NoticeKind.Refusal, new NoticeContent(
            @case.Applicant.Name, @case.ItemName, (await desk.AuthorityAsync(@case)).Name,
            [new("办件编号", @case.Number)], [], reason), step, by);
    }
}
