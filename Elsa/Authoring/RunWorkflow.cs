using Elsa.Workflows.Activities;
using Elsa.Workflows.Models;
using Elsa.Workflows.State;

namespace Elsa.Workflows.Options
{
    /// <summary>How <see cref="IWorkflowRunner"/> runs a workflow.</summary>
    public class RunWorkflowOptions
    {
        /// <summary>The id of a new instance; null makes one.</summary>
        public string? WorkflowInstanceId { get; set; }

        /// <summary>What the instance is found by beside its id; null leaves the one it has.</summary>
        public string? CorrelationId { get; set; }

        /// <summary>The bookmark at which an instance goes on.</summary>
        public string? BookmarkId { get; set; }

        /// <summary>The activity, or the execution of one, at which an instance goes on where no bookmark is named.</summary>
        public ActivityHandle? ActivityHandle { get; set; }

        /// <summary>Inputs of a start, or of the resumption.</summary>
        public IDictionary<string, object>? Input { get; set; }

        /// <summary>Variables that are set before an instance goes on.</summary>
        public IDictionary<string, object>? Variables { get; set; }

        /// <summary>Kept with the instance, beside those it has.</summary>
        public IDictionary<string, object>? Properties { get; set; }

        /// <summary>The trigger that starts the instance.</summary>
        public string? TriggerActivityId { get; set; }

        /// <summary>The instance that starts this one.</summary>
        public string? ParentWorkflowInstanceId { get; set; }

        /// <summary>Of the original; not followed.</summary>
        public string? SchedulingActivityExecutionId { get; set; }

        /// <summary>Of the original; not followed.</summary>
        public string? SchedulingWorkflowInstanceId { get; set; }

        /// <summary>Of the original; not followed.</summary>
        public int? SchedulingCallStackDepth { get; set; }
    }
}

namespace Elsa.Workflows.Models
{
    /// <summary>How a run went.</summary>
    /// <param name="WorkflowExecutionContext">The instance as the run left it.</param>
    /// <param name="WorkflowState">The same as data; a run can go on from it.</param>
    /// <param name="Workflow">What was run.</param>
    /// <param name="Result">The value of a workflow that yields one.</param>
    /// <param name="Journal">What happened in this run.</param>
    public record RunWorkflowResult(WorkflowExecutionContext WorkflowExecutionContext, WorkflowState WorkflowState, Workflow Workflow, object? Result, Journal Journal);

    /// <summary>How the run of a workflow that yields a value went.</summary>
    /// <typeparam name="TResult">The value's type.</typeparam>
    /// <param name="WorkflowExecutionContext">The instance as the run left it.</param>
    /// <param name="WorkflowState">The same as data; a run can go on from it.</param>
    /// <param name="Workflow">What was run.</param>
    /// <param name="Result">The value.</param>
    /// <param name="Journal">What happened in this run.</param>
    public record RunWorkflowResult<TResult>(WorkflowExecutionContext WorkflowExecutionContext, WorkflowState WorkflowState, Workflow Workflow, TResult Result, Journal Journal);

    /// <summary>What happened in a run.</summary>
    /// <param name="WorkflowExecutionLogEntries">Event by event.</param>
    /// <param name="ActivityExecutionContexts">The executions that started, went on or wait, in the order of their start.</param>
    public record Journal(ICollection<WorkflowExecutionLogEntry> WorkflowExecutionLogEntries, ICollection<ActivityExecutionContext> ActivityExecutionContexts)
    {
        /// <summary>Of a run in which nothing happened.</summary>
        public static Journal Empty => new([], []);
    }

    /// <summary>An event of a run.</summary>
    /// <param name="ActivityInstanceId">The execution it happened to.</param>
    /// <param name="ParentActivityInstanceId">The execution around it.</param>
    /// <param name="ActivityId">The activity.</param>
    /// <param name="ActivityType">Its type.</param>
    /// <param name="ActivityTypeVersion">The version of the type.</param>
    /// <param name="ActivityName">Its name.</param>
    /// <param name="NodeId">Its path.</param>
    /// <param name="ActivityState">Its inputs and outputs as they now are.</param>
    /// <param name="Timestamp">When, in UTC.</param>
    /// <param name="Sequence">Counted over the whole instance.</param>
    /// <param name="EventName">Started, Completed and the like.</param>
    /// <param name="Message">For people.</param>
    /// <param name="Source">Where in code it was noted.</param>
    /// <param name="Payload">What belongs to it.</param>
    public record WorkflowExecutionLogEntry(
        string ActivityInstanceId,
        string? ParentActivityInstanceId,
        string ActivityId,
        string ActivityType,
        int ActivityTypeVersion,
        string? ActivityName,
        string NodeId,
        IDictionary<string, object>? ActivityState,
        DateTimeOffset Timestamp,
        long Sequence,
        string? EventName,
        string? Message,
        string? Source,
        object? Payload);
}
