using System.Text.Json;
using Elsa.Persistence;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using Elsa.Workflows.State;

namespace Elsa.Execution;

/// <summary>Instances as data, and back.</summary>
internal static class WorkflowStates
{
    public static WorkflowState Of(WorkflowExecutionContext workflow) => new()
    {
        Id = workflow.Id,
        DefinitionId = workflow.Workflow.Identity.DefinitionId,
        DefinitionVersionId = workflow.Workflow.Identity.Id,
        DefinitionVersion = workflow.Workflow.Identity.Version,
        ParentWorkflowInstanceId = workflow.ParentWorkflowInstanceId,
        CorrelationId = workflow.CorrelationId,
        Name = workflow.Name,
        Status = workflow.Status,
        SubStatus = workflow.SubStatus,
        Bookmarks = [.. workflow.Bookmarks],
        Incidents = workflow.Incidents,
        Input = workflow.StartInput,
        Output = workflow.Output,
        Properties = workflow.Properties,
        CreatedAt = workflow.CreatedAt,
        UpdatedAt = workflow.UpdatedAt,
        FinishedAt = workflow.FinishedAt,
        JournalLength = workflow.Journal.Offset + workflow.Journal.Entries.Count,
        Stored = Write(workflow),
    };

    public static WorkflowExecutionContext Open(WorkflowState state, IServiceProvider services, WorkflowGraph graph, TimeProvider time, CancellationToken ct)
    {
        var workflow = new WorkflowExecutionContext(services, graph, state.Id, time, ct)
        {
            IsUnstored = true,
            SubStatus = state.SubStatus,
            Name = state.Name,
            CorrelationId = state.CorrelationId,
            ParentWorkflowInstanceId = state.ParentWorkflowInstanceId,
            Bookmarks = [.. state.Bookmarks],
            CreatedAt = state.CreatedAt,
            UpdatedAt = state.UpdatedAt,
            FinishedAt = state.FinishedAt,
        };
        workflow.Journal.Offset = state.JournalLength;
        if (state.Stored is { } stored)
            InstanceState.Read(stored, workflow);
        return workflow;
    }

    private static byte[] Write(WorkflowExecutionContext workflow)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            InstanceState.Write(json, workflow);
        return stream.ToArray();
    }
}
