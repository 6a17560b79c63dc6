using Elsa.Workflows.Models;

namespace Elsa.Workflows.Runtime.Messages;

/// <summary>A new instance that is not to run yet.</summary>
public class CreateWorkflowInstanceRequest
{
    public WorkflowDefinitionHandle WorkflowDefinitionHandle { get; set; } = null!;

    public string? CorrelationId { get; set; }

    public string? Name { get; set; }

    public IDictionary<string, object>? Input { get; set; }

    public IDictionary<string, object>? Properties { get; set; }

    public string? ParentId { get; set; }
}

/// <summary>The answer to <see cref="CreateWorkflowInstanceRequest"/>.</summary>
public record CreateWorkflowInstanceResponse;

/// <summary>A new instance that runs at once.</summary>
public class CreateAndRunWorkflowInstanceRequest
{
    public WorkflowDefinitionHandle WorkflowDefinitionHandle { get; set; } = null!;

    public string? CorrelationId { get; set; }

    public string? Name { get; set; }

    public IDictionary<string, object>? Input { get; set; }

    public IDictionary<string, object>? Variables { get; set; }

    public IDictionary<string, object>? Properties { get; set; }

    public string? ParentId { get; set; }

    /// <summary>The trigger it starts with.</summary>
    public string? TriggerActivityId { get; set; }

    public ActivityHandle? ActivityHandle { get; set; }

    public bool IncludeWorkflowOutput { get; set; }

    public string? SchedulingActivityExecutionId { get; set; }

    public string? SchedulingWorkflowInstanceId { get; set; }

    public int? SchedulingCallStackDepth { get; set; }
}

/// <summary>An existing instance that is to run: from its start, or from a bookmark.</summary>
public class RunWorkflowInstanceRequest
{
    public static RunWorkflowInstanceRequest Empty => new();

    public string? TriggerActivityId { get; set; }

    public string? BookmarkId { get; set; }

    public ActivityHandle? ActivityHandle { get; set; }

    public IDictionary<string, object>? Properties { get; set; }

    public IDictionary<string, object>? Input { get; set; }

    public IDictionary<string, object>? Variables { get; set; }

    public bool IncludeWorkflowOutput { get; set; }

    public string? SchedulingActivityExecutionId { get; set; }

    public string? SchedulingWorkflowInstanceId { get; set; }

    public int? SchedulingCallStackDepth { get; set; }
}

/// <summary>How an instance stands after a burst.</summary>
public record RunWorkflowInstanceResponse
{
    public string WorkflowInstanceId { get; set; } = null!;

    public WorkflowStatus Status { get; set; }

    public WorkflowSubStatus SubStatus { get; set; }

    public ICollection<Bookmark> Bookmarks { get; set; } = [];

    public ICollection<ActivityIncident> Incidents { get; set; } = [];

    /// <summary>Null unless asked for.</summary>
    public IDictionary<string, object>? Output { get; set; }
}
