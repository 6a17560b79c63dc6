using System.Globalization;
using Elsa.Common.Models;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Messages;
using TongBan.Activities;
using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;

namespace TongBan.Workflows;

/// <summary>The workflows of cases: which one handles an item, starting it, and waking its steps.</summary>
public sealed class CaseWorkflows(IWorkflowRuntime runtime, IStimulusSender stimuli)
{
    /// <summary>The definition that handles an item: its own, else that of its mode.</summary>
    public static string DefinitionOf(ServiceItem item) =>
        item.Workflow ?? string.Create(CultureInfo.InvariantCulture, $"mode-{(int)item.Mode}");

    /// <summary>Starts the case's workflow and runs it to where it waits.</summary>
    /// <returns>The id of the instance.</returns>
    public Task<string> StartAsync(Case @case, CancellationToken cancellation = default) => StartAsync(@case, VersionOptions.Published, cancellation);

    /// <summary>Starts another version than the published one, to try it.</summary>
    /// <returns>The id of the instance.</returns>
    public async Task<string> StartAsync(Case @case, VersionOptions version, CancellationToken cancellation = default)
    {
        var client = await runtime.CreateClientAsync(cancellation);
        await client.CreateAndRunInstanceAsync(
            new CreateAndRunWorkflowInstanceRequest
            {
                WorkflowDefinitionHandle = WorkflowDefinitionHandle.ByDefinitionId(@case.DefinitionId, version),
                CorrelationId = @case.Number,
                Name = @case.ItemName,
            },
            cancellation);
        return client.WorkflowInstanceId;
    }

    /// <summary>Wakes the case's waiting steps, after its rows have changed in the same transaction.</summary>
    public Task WakeAsync(Case @case, CancellationToken cancellation = default) =>
        stimuli.SendAsync(CaseSignal.Name, new CaseSignal(@case.Number), new StimulusMetadata { WorkflowInstanceId = @case.InstanceId }, cancellation);
}
