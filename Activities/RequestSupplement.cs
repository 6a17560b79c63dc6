using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Attributes;
using Elsa.Workflows.Attributes;
using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Custody;
using TongBan.Domain.Materials;
using TongBan.Domain.Notifications;
using TongBan.Domain.People;
using TongBan.Domain.Tasks;

namespace TongBan.Activities;

/// <summary>Tells the applicant once everything that is missing, stops the clock, and waits until it is supplied at the window.</summary>
[Activity("TongBan", "通办", "一次性告知全部补正内容，暂停计时，等待申请人在窗口补齐。", DisplayName = "补正")]
[FlowNode("Complete", "Withdrawn")]
public sealed class RequestSupplement : CaseActivity
{
    internal override async Task<string?> AdvanceAsync(CaseStep step)
    {
        var request = await step.Desk.Supplements.OpenAsync(step.Case.Number)
            ?? throw new InvalidOperationException("Nothing was asked for: a supplement follows a step that says what is missing.");
        if (step.Case.State != CaseState.Supplementing)
            await TellAsync(step, request);

        if (await step.AtWindowAsync(TaskKind.Supplement) is not { } task)
            return null;

        var by = task.CompletedBy ?? Actor.System;
        if (task.Outcome == "Withdrawn")
        {
            await step.Desk.Cases.WithdrawAsync(step.Case.Number, task.Data.Reason ?? "申请人在窗口撤回", by);
            return "Withdrawn";
        }

        var item = await step.Desk.ItemAsync(step.Case);
        var originals = item.Materials.Where(m => m.Form == MaterialForm.Original && request.Missing.Contains(m.Code, StringComparer.Ordinal));
        await step.Service<Custodian>().ReplaceAsync(step.Case, originals, by);
        await step.Service<SupplementRound>().EndAsync(step.Case, request, by);
        return "Complete";
    }

    private static async Task TellAsync(CaseStep step, Supplement request)
    {
        await step.Service<SupplementRound>().BeginAsync(step.Case, request, Actor.System, step.Id);
        var item = await step.Desk.ItemAsync(step.Case);
        var entries = string.Join("；", Checklist.Words(item, request.Missing));
        await step.Service<Messenger>().TellAsync(step.Case, MessageTopic.Supplement, step.Id, ("entries", entries));
    }
}
