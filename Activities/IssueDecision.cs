using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Attributes;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using TongBan.Domain.Approvals;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Domain.Tasks;

namespace TongBan.Activities;

/// <summary>Waits for the authority's decision inside the promised limit, warns before it ends and escalates after. It never decides.</summary>
[Activity("TongBan", "通办", "等待审批部门在承诺时限内作出决定；到期前预警，逾期督办，不代替审批。", DisplayName = "审批决定")]
[FlowNode("Approved", "Rejected", "NeedsSupplement")]
public sealed class IssueDecision : CaseActivity
{
    /// <summary>Whether lights that turn yellow or red are told to those who can act.</summary>
    [Input(DisplayName = "预警与督办", Description = "临近或超过承诺时限时提醒承办人和督办人员。", DefaultValue = true)]
    public Input<bool> Watch { get; set; } = new(true);

    /// <summary>How the authority decided: Approved or Rejected; empty while undecided.</summary>
    [Output(DisplayName = "审批结果", Description = "Approved 准予；Rejected 不予。")]
    public Output<string> Result { get; set; } = null!;

    /// <summary>Working days for the decision as a step; 0 for no limit besides the promised and the legal one.</summary>
    [Input(DisplayName = "环节时限", Description = "审批环节自身的工作日数，超过即提醒；0 表示只按承诺时限和法定时限。", DefaultValue = 0)]
    public Input<int> StepDays { get; set; } = new(0);

    internal override async Task<StepLimit?> LimitAsync(CaseStep step) =>
        new("审批", step.Context.Get(StepDays), (await step.Desk.AuthorityAsync(step.Case)).Name);

    internal override async Task<string?> AdvanceAsync(CaseStep step)
    {
        if (step.Case.State == CaseState.Accepted)
            await step.Desk.MoveAsync(step.Case, CaseState.Reviewing, Actor.System, "进入审批");
        if (!step.Context.Get(Watch))
            await step.Desk.Clocks.MuteAsync(step.Case.Number);

        var outcome = await step.Desk.IsBySystemAsync(step.Case)
            ? await BySystemAsync(step)
            : await ByDeskAsync(step);
        if (outcome is "Approved" or "Rejected")
            step.Context.Set(Result, outcome);
        return outcome;
    }

    private static async Task<string?> ByDeskAsync(CaseStep step)
    {
        if (step.Case.State == CaseState.SpecialProcedure)
        {
            if (await step.AtAuthorityAsync(TaskKind.EndSpecialProcedure) is not { } ended)
                return null;
            await step.Service<SpecialProcedure>().EndAsync(step.Case, ended.Data.Reason, ended.CompletedBy ?? Actor.System);
        }

        var due = await step.Desk.Clocks.PromisedDueAsync(step.Case.Number);
        if (await step.AtAuthorityAsync(TaskKind.Decide, due) is not { } task)
            return null;

        var by = task.CompletedBy ?? Actor.System;
        switch (task.Outcome)
        {
            case "NeedsSupplement":
                await step.Service<SupplementRound>().AskAsync(step.Case, task.Data.Missing!, task.Data.Reason, by);
                return "NeedsSupplement";
            case "StartSpecialProcedure":
                await step.Service<SpecialProcedure>().BeginAsync(step.Case, task.Data.Procedure ?? "特别程序", by);
                await step.AtAuthorityAsync(TaskKind.EndSpecialProcedure);
                return null;
            default:
                var result = Enum.Parse<DecisionResult>(task.Outcome!);
                await step.Service<Ruling>().DecideAsync(step.Case, result, task.Data.DocumentNumber, task.Data.Reason, task.Data.Files ?? [], by);
                return task.Outcome;
        }
    }

    private static async Task<string?> BySystemAsync(CaseStep step)
    {
        var by = await Messages.SenderAsync(step);
        while (await NextAsync(step) is { } message)
        {
            // The case as it stands after the message before this one.
            var @case = await step.Desk.Cases.GetAsync(step.Case.Number);
            switch (message.Kind)
            {
                case ApprovalMessageKind.SupplementRequested:
                    await step.Service<SupplementRound>().AskAsync(@case, message.Missing, message.Reason, by);
                    return "NeedsSupplement";
                case ApprovalMessageKind.SpecialProcedureStarted:
                    await step.Service<SpecialProcedure>().BeginAsync(@case, message.Reason ?? "特别程序", by);
                    break;
                case ApprovalMessageKind.SpecialProcedureEnded:
                    await step.Service<SpecialProcedure>().EndAsync(@case, message.Reason, by);
                    break;
                case ApprovalMessageKind.Decided when message.Decision is { } decision:
                    await step.Service<Ruling>().DecideAsync(@case, decision.Result, decision.DocumentNumber, decision.Reason, decision.Files ?? [], by);
                    if (await step.Desk.ApprovalMessages.OvertakeAsync(@case.Number, message.At) is > 0 and var overtaken)
                        await step.Desk.Timeline.AddAsync(@case.Number, by, "message", $"决定作出前的{overtaken}条消息不再处理，决定不变");
                    return decision.Result.ToString();
            }
        }

        return null;
    }

    /// <summary>The next message that makes sense now: an end only after its start, and nothing else in between.</summary>
    private static async Task<ApprovalMessage?> NextAsync(CaseStep step)
    {
        var state = (await step.Desk.Cases.GetAsync(step.Case.Number)).State;
        return state == CaseState.SpecialProcedure
            ? await step.Desk.ApprovalMessages.TakeAsync(step.Case.Number, step.Id, ApprovalMessageKind.SpecialProcedureEnded)
            : await step.Desk.ApprovalMessages.TakeAsync(
                step.Case.Number, step.Id,
                ApprovalMessageKind.SupplementRequested, ApprovalMessageKind.SpecialProcedureStarted, ApprovalMessageKind.Decided);
    }
}
