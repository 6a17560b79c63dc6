using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using TongBan.Domain.Cases;
using TongBan.Domain.Partners;
using TongBan.Domain.People;

namespace TongBan.Activities;

/// <summary>Ends the case: limits ended, what is open called off, filed.</summary>
[Activity("TongBan", "通办", "结束计时，撤销未了待办，办件归档。", DisplayName = "归档")]
public sealed class CloseCase : Activity
{
    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var step = await CaseStep.LoadAsync(context);
        if (step.Case.IsWithdrawn)
        {
            await step.Desk.MoveAsync(step.Case, CaseState.Withdrawn, Actor.System, "撤件", step.Case.WithdrawReason);
            await step.Desk.Outbox.CancelCaseAsync(step.Case.Number, PartnerKind.Courier);
            await step.Desk.Outbox.CancelCaseAsync(step.Case.Number, PartnerKind.Approval);
        }

        await step.Desk.Tasks.CancelCaseAsync(step.Case.Number);
        await step.Desk.Clocks.EndAllAsync(step.Case.Number, Actor.System);
        await step.Desk.MoveAsync(step.Case, CaseState.Archived, Actor.System, "归档");
        await context.CompleteActivityAsync();
    }
}
