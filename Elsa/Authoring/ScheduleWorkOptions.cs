using Elsa.Workflows.Memory;

namespace Elsa.Workflows.Options;

/// <summary>How a child activity is to be scheduled.</summary>
public class ScheduleWorkOptions
{
    /// <summary>A method of the scheduling activity; called when the child is complete.</summary>
    public ActivityCompletionCallback? CompletionCallback { get; set; }

    /// <summary>Travels with the child.</summary>
    public object? Tag { get; set; }

    /// <summary>Variables of the child's own scope.</summary>
    public ICollection<Variable>? Variables { get; set; }

    /// <summary>Runs this execution again rather than a new one.</summary>
    public ActivityExecutionContext? ExistingActivityExecutionContext { get; set; }

    public bool PreventDuplicateScheduling { get; set; }

    public IDictionary<string, object>? Input { get; set; }

    public string? SchedulingActivityExecutionId { get; set; }

    public string? SchedulingWorkflowInstanceId { get; set; }
}
