using Elsa.Extensions;
using Elsa.Runtime;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using TongBan.Domain.Cases;
using TongBan.Domain.Partners;
using TongBan.Domain.People;

namespace TongBan.Host.Workflows;

/// <summary>Shows workflow steps that failed as incidents of their case, so that a person sees and retries them.</summary>
internal sealed class StepIncidents(CaseDesk desk) : IBurstParticipant
{
    private const int LongestDetail = 500;

    public bool Concerns(WorkflowExecutionContext workflow) => workflow.Incidents.Count > 0;

    public async Task OnBurstAsync(WorkflowExecutionContext workflow, CancellationToken cancellationToken)
    {
        if (workflow.CorrelationId is not { } number || await desk.Cases.FindAsync(number) is null)
            return;
        foreach (var incident in workflow.Incidents)
        {
            var what = $"流程步骤“{NameOf(workflow, incident)}”未能执行";
            var detail = incident.Message.Length > LongestDetail ? incident.Message[..LongestDetail] : incident.Message;
            if (await desk.Incidents.OpenAsync(number, Incident.OfWorkflow, new StepReference(workflow.Id, incident.ActivityInstanceId ?? "").ToString(), what, detail))
                await desk.Timeline.AddAsync(number, Actor.System, "incident", what + "，等待人工处理");
        }
    }

    private static string NameOf(WorkflowExecutionContext workflow, ActivityIncident incident) =>
        workflow.ActivityExecutionContexts.FirstOrDefault(context => context.Id == incident.ActivityInstanceId)?.Activity is { } activity
            ? activity.GetDisplayText() ?? activity.Name ?? activity.Id
            : incident.ActivityId;
}

/// <summary>Which execution of a step an incident is about.</summary>
internal sealed record StepReference(string InstanceId, string ActivityInstanceId)
{
    public static StepReference Parse(string reference) => reference.Split('/') is [var instance, var activity]
        ? new(instance, activity)
        : throw new FormatException($"“{reference}” names no step.");

    public override string ToString() => $"{InstanceId}/{ActivityInstanceId}";
}
