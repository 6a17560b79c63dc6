using Elsa.Execution;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Models;

namespace Elsa.Runtime;

/// <summary>What a person does about an incident.</summary>
public sealed class IncidentRecovery
{
    private readonly InstanceRunner _runner;

    internal IncidentRecovery(InstanceRunner runner) => _runner = runner;

    /// <summary>Runs a failed activity again from its beginning.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="activityInstanceId">The failed execution, as the incident names it.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>False when it has not failed, or not any more.</returns>
    public Task<bool> RetryAsync(string instanceId, string activityInstanceId, CancellationToken ct) =>
        OnFaultedAsync(instanceId, activityInstanceId, (workflow, context) =>
        {
            context.RecoverFromFault();
            return Burst.RepeatAsync(workflow, context);
        }, ct);

    /// <summary>Goes on after a failed activity as if it had left by the given outcomes.</summary>
    /// <returns>False when it has not failed, or not any more.</returns>
    public Task<bool> SkipAsync(string instanceId, string activityInstanceId, IReadOnlyList<string> outcomes, CancellationToken ct) =>
        OnFaultedAsync(instanceId, activityInstanceId, (workflow, context) =>
        {
            context.RecoverFromFault();
            return Burst.SkipAsync(workflow, context, outcomes.Count == 0 ? Outcomes.Default : new Outcomes([.. outcomes]));
        }, ct);

    /// <summary>Runs all failed activities of an instance again, or those named.</summary>
    /// <returns>How many.</returns>
    internal async Task<int> RetryAllAsync(string instanceId, string[] activityIds, CancellationToken ct)
    {
        var count = 0;
        await _runner.OnInstanceAsync(instanceId, null, workflow =>
        {
            var failed = workflow.Status == WorkflowStatus.Finished ? [] : workflow.ActivityExecutionContexts
                .Where(context => context.Status == ActivityStatus.Faulted && (activityIds.Length == 0 || activityIds.Contains(context.Activity.Id, StringComparer.Ordinal))).ToList();
            count = failed.Count;
            return failed.Count == 0 ? null : async () =>
            {
                foreach (var context in failed)
                {
                    context.RecoverFromFault();
                    await Burst.RepeatAsync(workflow, context);
                }
            };
        }, ct);
        return count;
    }

    private async Task<bool> OnFaultedAsync(string instanceId, string activityInstanceId, Func<WorkflowExecutionContext, ActivityExecutionContext, Task> work, CancellationToken ct) =>
        await _runner.OnInstanceAsync(instanceId, null, workflow =>
            workflow.Status == WorkflowStatus.Running && workflow.FindContext(activityInstanceId) is { Status: ActivityStatus.Faulted } context ? () => work(workflow, context) : null, ct) is not null;
}
