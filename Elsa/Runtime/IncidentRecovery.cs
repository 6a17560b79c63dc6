using System.Reflection;
using Elsa.Execution;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Models;
using Elsa.Workflows.Activities.Flowchart.Attributes;

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

    /// <summary>Goes on after a failed activity as if it had left by its only way out.</summary>
    /// <returns>False when it has several ways out, has not failed, or not any more.</returns>
    public Task<bool> SkipAsync(string instanceId, string activityInstanceId, CancellationToken ct) =>
        OnFaultedAsync(instanceId, activityInstanceId, (workflow, context) =>
        {
            context.RecoverFromFault();
            return Burst.SkipAsync(workflow, context, new Outcomes(WaysOut(context).Single()));
        }, ct, context => WaysOut(context).Length == 1);

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

    private static string[] WaysOut(ActivityExecutionContext context) =>
        context.Activity.GetType().GetCustomAttribute<FlowNodeAttribute>()?.Outcomes is { Count: > 0 } named ? [.. named] : ["Done"];

    private async Task<bool> OnFaultedAsync(
        string instanceId, string activityInstanceId, Func<WorkflowExecutionContext, ActivityExecutionContext, Task> work, CancellationToken ct, Func<ActivityExecutionContext, bool>? may = null) =>
        await _runner.OnInstanceAsync(instanceId, null, workflow =>
            workflow.Status == WorkflowStatus.Running && workflow.FindContext(activityInstanceId) is { Status: ActivityStatus.Faulted } context && may?.Invoke(context) != false
                ? () => work(workflow, context)
                : null, ct) is not null;
}
