using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Attributes;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Cases;
using TongBan.Domain.Custody;
using TongBan.Domain.Materials;
using TongBan.Domain.Notifications;
using TongBan.Domain.People;
using TongBan.Domain.Tasks;
using TongBan.Domain.TimeLimits;

namespace TongBan.Activities;

/// <summary>Opens the item's checklist at the window and waits until every required material is there.</summary>
[Activity("TongBan", "通办", "在受理窗口按事项清单收取材料，收齐后出具收件凭证。", DisplayName = "收齐材料")]
[FlowNode("Complete", "Withdrawn", "Expired")]
public sealed class CollectMaterials : CaseActivity
{
    /// <summary>Days after which a case whose materials never came is given up; 0 for never.</summary>
    [Input(DisplayName = "等待天数", Description = "超过这些自然日仍未收齐即按逾期处理；0 表示一直等待。", DefaultValue = 90)]
    public Input<int> ExpireAfterDays { get; set; } = new(90);

    /// <summary>Whether the checklist holds paper originals, which have to travel.</summary>
    [Output(DisplayName = "含纸质原件", Description = "清单中有须提交纸质原件的材料。")]
    public Output<bool> HasOriginals { get; set; } = null!;

    internal override async Task<string?> AdvanceAsync(CaseStep step)
    {
        var @case = step.Case;
        if (await step.AtWindowAsync(TaskKind.CollectMaterials) is not { } task)
            return Expires(step) is { } at && at <= step.Desk.Time.GetUtcNow() ? await ExpireAsync(step) : null;

        if (task.Outcome == "Withdrawn")
        {
            await step.Desk.Cases.WithdrawAsync(@case.Number, task.Data.Reason ?? "申请人在窗口撤回", task.CompletedBy ?? Actor.System);
            return "Withdrawn";
        }

        await ReceiveAsync(step, task.CompletedBy ?? Actor.System);
        return "Complete";
    }

    private DateTimeOffset? Expires(CaseStep step)
    {
        var days = step.Context.Get(ExpireAfterDays);
        if (days <= 0)
            return null;
        var at = step.Context.StartedAt.AddDays(days);
        step.LookAgain(at);
        return at;
    }

    private static async Task<string> ExpireAsync(CaseStep step)
    {
        await step.Desk.Timeline.AddAsync(step.Case.Number, Actor.System, "expired", "等待期内未收齐材料，不再等待");
        return "Expired";
    }

    private async Task ReceiveAsync(CaseStep step, Actor by)
    {
        var @case = step.Case;
        var item = await step.Desk.ItemAsync(@case);
        var hall = (await step.Desk.Places.FindHallAsync(@case.Hall))?.Name ?? @case.Hall;
        await step.Desk.MoveAsync(@case, CaseState.Received, by, "材料收齐，收件");
        await step.Service<Acceptance>().ReceiveAsync(@case, by);
        await step.Desk.Notices.IssueAsync(@case.Number, await step.Desk.DivisionAsync(@case), NoticeKind.Receipt, new NoticeContent(
            @case.Applicant.Name, @case.ItemName, hall,
            [
                new("办件编号", @case.Number),
                new("查询密码", @case.Secret),
                new("收件日期", $"{step.Desk.Time.Today():yyyy年M月d日}"),
                new("收件窗口", $"{hall}{@case.Window}号窗口　{by.Name}"),
                new("审批部门", (await step.Desk.AuthorityAsync(@case)).Name),
            ],
            Checklist.Received(item, await step.Desk.Materials.ListAsync(@case.Number))), step.Id, by);
        var originals = item.Materials.Where(m => m is { Required: true, Form: MaterialForm.Original }).ToList();
        await step.Service<Custodian>().ReceiveAsync(@case, originals, by);
        step.Context.Set(HasOriginals, originals.Count > 0);
    }
}
