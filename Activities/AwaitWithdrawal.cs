using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Attributes;
using Elsa.Workflows.Attributes;

namespace TongBan.Activities;

/// <summary>Waits beside the handling for the applicant to withdraw, which is possible until the decision.</summary>
[Activity("TongBan", "通办", "与办理并行，等待申请人撤件；作出决定后即不再等待。", DisplayName = "等待撤件")]
[FlowNode("Withdrawn")]
public sealed class AwaitWithdrawal : CaseActivity
{
    internal override Task<string?> AdvanceAsync(CaseStep step) =>
        Task.FromResult(step.Case.IsWithdrawn ? "Withdrawn" : null);
}
