using Elsa.Workflows.Models;

namespace Elsa.Workflows.Runtime.Messages;

/// <summary>A new instance that is not to run yet.</summary>
public class CreateWorkflowInstanceRequest
{
    /// <summary>Which definition, and which of its versions.</summary>
    public WorkflowDefinitionHandle WorkflowDefinitionHandle { get; set; } = null!;

    /// <summary>What the instance is found by beside its id, such as the number of a case.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>The name that the instance is shown by.</summary>
    public string? Name { get; set; }

    /// <summary>Values by name: for the start, or for what is resumed.</summary>
    public IDictionary<string, object>? Input { get; set; }

    /// <summary>Kept with the instance, for those who start it.</summary>
    public IDictionary<string, object>? Properties { get; set; }

    /// <summary>The instance that starts this one.</summary>
    public string? ParentId { get; set; }
}

/// <summary>The answer to <see cref="CreateWorkflowInstanceRequest"/>.</summary>
public record CreateWorkflowInstanceResponse;

/// <summary>A new instance that runs at once.</summary>
public class CreateAndRunWorkflowInstanceRequest
{
    /// <summary>Which definition, and which of its versions.</summary>
    public WorkflowDefinitionHandle WorkflowDefinitionHandle { get; set; } = null!;

    /// <summary>What the instance is found by beside its id, such as the number of a case.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>The name that the instance is shown by.</summary>
    public string? Name { get; set; }

    /// <summary>Values by name: for the start, or for what is resumed.</summary>
    public IDictionary<string, object>? Input { get; set; }

    /// <summary>Values of variables beside those that the definition declares. By name, one takes the place of a declared one.</summary>
    public IDictionary<string, object>? Variables { get; set; }

    /// <summary>Kept with the instance, for those who start it.</summary>
    public IDictionary<string, object>? Properties { get; set; }

    /// <summary>The instance that starts this one.</summary>
    public string? ParentId { get; set; }

    /// <summary>The trigger it starts with.</summary>
    public string? TriggerActivityId { get; set; }

    /// <summary>The activity that is run alone; null for the workflow. Executions cannot be named: there are none yet.</summary>
    public ActivityHandle? ActivityHandle { get; set; }

    /// <summary>Whether the answer carries the outputs.</summary>
    public bool IncludeWorkflowOutput { get; set; }

    /// <summary>The execution of the parent that starts it; call stacks go on there.</summary>
    public string? SchedulingActivityExecutionId { get; set; }

    /// <summary>Of the original; not read here.</summary>
    public string? SchedulingWorkflowInstanceId { get; set; }

    /// <summary>Of the original; not read here.</summary>
    public int? SchedulingCallStackDepth { get; set; }
}

/// <summary>An existing instance that is to run: from its start, or from a bookmark.</summary>
public class RunWorkflowInstanceRequest
{
    /// <summary>A request that says nothing: run what has not begun.</summary>
    public static RunWorkflowInstanceRequest Empty => new();

    /// <summary>The activity to begin with.</summary>
    public string? TriggerActivityId { get; set; }

    /// <summary>The bookmark to resume; null to begin.</summary>
    public string? BookmarkId { get; set; }

    /// <summary>Of the original; not read here: a bookmark or a trigger says where to go on.</summary>
    public ActivityHandle? ActivityHandle { get; set; }

    /// <summary>Kept with the instance, for those who start it.</summary>
    public IDictionary<string, object>? Properties { get; set; }

    /// <summary>Values by name: for the start, or for what is resumed.</summary>
    public IDictionary<string, object>? Input { get; set; }

    /// <summary>Of the original; not read here.</summary>
    public IDictionary<string, object>? Variables { get; set; }

    /// <summary>Whether the answer carries the outputs.</summary>
    public bool IncludeWorkflowOutput { get; set; }

    /// <summary>Of the original; not read here.</summary>
    public string? SchedulingActivityExecutionId { get; set; }

    /// <summary>Of the original; not read here.</summary>
    public string? SchedulingWorkflowInstanceId { get; set; }

    /// <summary>Of the original; not read here.</summary>
    public int? SchedulingCallStackDepth { get; set; }
}

/// <summary>How an instance stands after a burst.</summary>
public record RunWorkflowInstanceResponse
{
    /// <summary>The instance.</summary>
    public string WorkflowInstanceId { get; set; } = null!;

    /// <summary>Whether it runs or has ended.</summary>
    public WorkflowStatus Status { get; set; }

    /// <summary>How it runs or how it ended.</summary>
    public WorkflowSubStatus SubStatus { get; set; }

    /// <summary>What it waits for.</summary>
    public ICollection<Bookmark> Bookmarks { get; set; } = [];

    /// <summary>What failed in it.</summary>
    public ICollection<ActivityIncident> Incidents { get; set; } = [];

    /// <summary>Null unless asked for.</summary>
    public IDictionary<string, object>? Output { get; set; }
}
