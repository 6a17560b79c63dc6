using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Attributes;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;
using TongBan.Domain.Approvals;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Domain.Tasks;

namespace TongBan.Activities;

/// <summary>Formal acceptance, at the window or by the authority: numbers and issues the notice, and starts the promised limit.</summary>
[Activity("TongBan", "通办", "正式受理：编号并出具受理通知书，承诺时限自此起算。", DisplayName = "受理")]
[FlowNode("Accepted", "NotAccepted", "NeedsSupplement")]
public sealed class AcceptApplication : CaseActivity
{
    /// <summary>Who accepts: <c>Window</c> or <c>Authority</c>.</summary>
    [Input(DisplayName = "受理主体", Description = "由受理窗口受理，还是由审批部门受理。", UIHint = InputUIHints.DropDown, UIHandler = typeof(AcceptedByChoices), DefaultValue = "Window")]
    public Input<string> AcceptedBy { get; set; } = new("Window");

    /// <summary>Working days for the step itself; 0 for no limit of the step.</summary>
    [Input(DisplayName = "环节时限", Description = "审查并作出受理决定的工作日数，超过即提醒；0 表示不单独计时。法定的五个工作日另计。", DefaultValue = 2)]
    public Input<int> StepDays { get; set; } = new(2);

    internal override async Task<string?> AdvanceAsync(CaseStep step)
    {
        // The law may have taken it for accepted while it waited here or on its way here.
        if (await step.Service<Acceptance>().IsDoneAsync(step.Case))
            return "Accepted";

        var byWindow = IsByWindow(step);
        if (!byWindow && await step.Desk.IsBySystemAsync(step.Case))
            return await BySystemAsync(step);

        var task = byWindow ? await step.AtWindowAsync(TaskKind.Accept) : await step.AtAuthorityAsync(TaskKind.Accept);
        if (task is null)
            return null;

        var by = task.CompletedBy ?? Actor.System;
        switch (task.Outcome)
        {
            case "Accepted":
                await step.Service<Acceptance>().AcceptAsync(step.Case, by, step.Id);
                break;
            case "NotAccepted":
                await step.Service<Acceptance>().RefuseAsync(step.Case, task.Data.Reason!, by, step.Id);
                break;
            default:
                await step.Service<SupplementRound>().AskAsync(step.Case, task.Data.Missing!, task.Data.Reason, by);
                break;
        }

        return task.Outcome;
    }

    internal override async Task<StepLimit?> LimitAsync(CaseStep step) => new(
        "受理审查", step.Context.Get(StepDays), IsByWindow(step) ? (await Parties.HallAsync(step, step.Case.Hall)).Name : (await step.Desk.AuthorityAsync(step.Case)).Name);

    private bool IsByWindow(CaseStep step) => step.Context.Get(AcceptedBy) != "Authority";

    /// <summary>An approval system that acknowledged the case has taken it in; what it lacks, it asks for.</summary>
    private static async Task<string> BySystemAsync(CaseStep step)
    {
        var by = await Messages.SenderAsync(step);
        if (await step.Desk.ApprovalMessages.TakeAsync(step.Case.Number, step.Id, ApprovalMessageKind.SupplementRequested) is { } asked)
        {
            await step.Service<SupplementRound>().AskAsync(step.Case, asked.Missing, asked.Reason, by);
            return "NeedsSupplement";
        }

        await step.Service<Acceptance>().AcceptAsync(step.Case, by, step.Id);
        return "Accepted";
    }

    private sealed class AcceptedByChoices() : Choices(("Window", "受理窗口"), ("Authority", "审批部门"));
}
