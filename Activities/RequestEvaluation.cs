using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using TongBan.Domain.Notifications;

namespace TongBan.Activities;

/// <summary>Invites the applicant to rate the service (好差评), once per case.</summary>
[Activity("TongBan", "通办", "邀请申请人作好差评，一事一评。", DisplayName = "邀请评价")]
public sealed class RequestEvaluation : Activity
{
    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var step = await CaseStep.LoadAsync(context);
        await step.Service<Messenger>().TellAsync(step.Case, MessageTopic.Evaluation, step.Id);
        await context.CompleteActivityAsync();
    }
}
