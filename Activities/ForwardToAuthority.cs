using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Attributes;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;
using TongBan.Domain.Approvals;
using TongBan.Domain.Cases;
using TongBan.Domain.Partners;
using TongBan.Domain.People;
using TongBan.Domain.Tasks;

namespace TongBan.Activities;

/// <summary>
/// Hands the case to the authority that decides: pushes it to the authority's system, or puts it on the approval desk
/// when there is none, and waits for the acknowledgement.
/// </summary>
[Activity("TongBan", "通办", "按事项和属地转办：推送到审批部门的系统，没有系统的转到审批工作台，等待签收。", DisplayName = "转办审批部门")]
[FlowNode("Acknowledged", "Returned", "Failed")]
public sealed class ForwardToAuthority : CaseActivity
{
    /// <summary>Whose authority: <c>Home</c> of the applicant's chosen jurisdiction, or <c>Receiving</c> of the place of the window.</summary>
    [Input(DisplayName = "转办对象", Description = "属地审批部门，或受理地审批部门。", UIHint = InputUIHints.DropDown, UIHandler = typeof(TargetChoices), DefaultValue = "Home")]
    public Input<string> Target { get; set; } = new("Home");

    /// <summary>Which way: <c>Auto</c> by the authority's own channel, or <c>Desk</c> for the approval desk in any case.</summary>
    [Input(DisplayName = "渠道", Description = "自动：有审批系统的推送，没有的转工作台；或一律转工作台。", UIHint = InputUIHints.DropDown, UIHandler = typeof(ChannelChoices), DefaultValue = "Auto")]
    public Input<string> Channel { get; set; } = new("Auto");

    /// <summary>Working days for the acknowledgement; 0 for no limit of the step.</summary>
    [Input(DisplayName = "环节时限", Description = "审批部门签收的工作日数，超过即提醒；0 表示不单独计时。", DefaultValue = 2)]
    public Input<int> StepDays { get; set; } = new(2);

    internal override async Task<StepLimit?> LimitAsync(CaseStep step)
    {
        await RouteAsync(step);
        return new("签收转办件", step.Context.Get(StepDays), (await step.Desk.AuthorityAsync(await step.Desk.Cases.GetAsync(step.Case.Number))).Name);
    }

    internal override async Task<string?> AdvanceAsync(CaseStep step)
    {
        await RouteAsync(step);
        if (step.Context.Get(Channel) == "Desk")
            await step.Desk.Cases.ToDeskAsync(step.Case.Number);

        var @case = await step.Desk.Cases.GetAsync(step.Case.Number);
        return await step.Desk.IsBySystemAsync(@case) ? await PushAsync(step, @case.Authority) : await ToDeskAsync(step);
    }

    private async Task RouteAsync(CaseStep step)
    {
        if (step.Case.State is CaseState.Forwarded)
            return;

        var home = step.Context.Get(Target) != "Receiving";
        var division = home ? step.Case.Jurisdiction : await step.Desk.DivisionAsync(step.Case);
        var item = await step.Desk.ItemAsync(step.Case);
        if ((await step.Desk.Places.AuthorityForAsync(item.Sector, division)).IsRefused(out var refusal, out var authority))
            throw new InvalidOperationException(refusal.Message);
        await step.Desk.Cases.AssignAsync(step.Case.Number, authority.Code);
        await step.Desk.MoveAsync(step.Case, CaseState.Forwarded, Actor.System, $"转{authority.Name}办理");
    }

    private static async Task<string?> PushAsync(CaseStep step, string authority)
    {
        var push = await step.Desk.Outbox.ExpectAsync(PartnerKind.Approval, authority, "pushCase", step.Case.Number, step.Id, new { caseNumber = step.Case.Number });
        if (push.State is PartnerCallState.Cancelled)
            return "Failed";
        if (push.State is PartnerCallState.Skipped)
        {
            await step.Desk.Cases.ToDeskAsync(step.Case.Number);
            return await ToDeskAsync(step);
        }

        var message = await step.Desk.ApprovalMessages.TakeAsync(step.Case.Number, step.Id, ApprovalMessageKind.Acknowledged, ApprovalMessageKind.Returned);
        return message?.Kind switch
        {
            null => null,
            ApprovalMessageKind.Returned => await ReturnAsync(step, await Messages.SenderAsync(step), message.Reason ?? "审批系统退回"),
            _ => await AcknowledgeAsync(step, await Messages.SenderAsync(step)),
        };
    }

    private static async Task<string?> ToDeskAsync(CaseStep step)
    {
        if (await step.AtAuthorityAsync(TaskKind.Acknowledge) is not { } task)
            return null;
        var by = task.CompletedBy ?? Actor.System;
        return task.Outcome == "Returned" ? await ReturnAsync(step, by, task.Data.Reason!) : await AcknowledgeAsync(step, by);
    }

    private static async Task<string> AcknowledgeAsync(CaseStep step, Actor by)
    {
        await step.Desk.MoveAsync(step.Case, CaseState.Reviewing, by, "签收，进入审批");
        return "Acknowledged";
    }

    /// <summary>A return is a request for supplement in the authority's words; the case goes back to where it came from.</summary>
    private static async Task<string> ReturnAsync(CaseStep step, Actor by, string reason)
    {
        await step.Desk.Timeline.AddAsync(step.Case.Number, by, "returned", "退回受理窗口", reason);
        await step.Service<SupplementRound>().AskAsync(step.Case, [reason], reason, by);
        return "Returned";
    }

    private sealed class ChannelChoices() : Choices(("Auto", "自动"), ("Desk", "审批工作台"));

    private sealed class TargetChoices() : Choices(("Home", "属地审批部门"), ("Receiving", "受理地审批部门"));
}
