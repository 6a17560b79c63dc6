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

    /// <summary>Whether to leave it when the same child of the same parent is queued already.</summary>
    public bool PreventDuplicateScheduling { get; set; }

    /// <summary>Values for the child alone, read as its <c>ActivityInput</c>.</summary>
    public IDictionary<string, object>? Input { get; set; }

    /// <summary>The execution that led here, for the history; null is the one that schedules.</summary>
    public string? SchedulingActivityExecutionId { get; set; }

    /// <summary>Of the original; not read here.</summary>
    public string? SchedulingWorkflowInstanceId { get; set; }
}
