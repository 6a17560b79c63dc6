using System.Runtime.CompilerServices;
using Elsa.Execution;
using Elsa.Extensions;
using Elsa.Runtime;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime.Stimuli;
using Elsa.Workflows.UIHints;

namespace Elsa.Workflows.Runtime
{
    /// <summary>How a child workflow that was executed stands.</summary>
    public record ExecuteWorkflowResult
    {
        /// <summary>Declared by Elsa, which leaves it null too.</summary>
        public string? WorkflowDefinitionVersionId { get; set; }

        /// <summary>The child.</summary>
        public string? WorkflowInstanceId { get; set; }

        /// <summary>Declared by Elsa, which leaves it null too.</summary>
        public string? CorrelationId { get; set; }

        /// <summary>Whether it still runs or has ended.</summary>
        public WorkflowStatus Status { get; set; }

        /// <summary>How it runs or how it ended.</summary>
        public WorkflowSubStatus SubStatus { get; set; }

        /// <summary>What it has yielded, by name; complete once it has ended.</summary>
        public IDictionary<string, object>? Output { get; set; }
    }
}

namespace Elsa.Workflows.Runtime.Activities
{
    /// <summary>Runs another definition inside this burst, and waits for it when it waits itself.</summary>
    [Activity("Elsa", "Composition", "Create a new workflow instance of the specified workflow and execute it.", Kind = ActivityKind.Task)]
    public class ExecuteWorkflow : Activity<ExecuteWorkflowResult>
    {
        /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
        public ExecuteWorkflow([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
        {
        }

        /// <summary>The id that all versions of the definition share; its published version runs. There being none is an incident.</summary>
        [Input(DisplayName = "Workflow Definition", Description = "The definition ID of the workflow to execute.", UIHint = InputUIHints.WorkflowDefinitionPicker)]
        public Input<string> WorkflowDefinitionId { get; set; } = null!;

        /// <summary>What the child is found by beside its id; null is none.</summary>
        [Input(DisplayName = "Correlation ID", Description = "The correlation ID to associate the workflow with.")]
        public Input<string?> CorrelationId { get; set; } = null!;

        /// <summary>Values for the child's inputs, by name; not converted to their types.</summary>
        [Input(Description = "The input to send to the workflow.")]
        public Input<IDictionary<string, object>?> Input { get; set; } = null!;

        /// <summary>Whether a child that waits is waited for. False completes as soon as the child's first burst is over.</summary>
        [Input(Description = "Wait for the child workflow to complete before completing this activity.")]
        public Input<bool> WaitForCompletion { get; set; } = null!;

        /// <inheritdoc />
        protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
        {
            var waits = WaitForCompletion.GetOrDefault(context);
            var childId = Identity.NewInstance(context.WorkflowExecutionContext.Now);
            var child = await context.GetRequiredService<ChildStarter>().ExecuteAsync(context, childId, WorkflowDefinitionId.Get(context), CorrelationId.GetOrDefault(context), Input.GetOrDefault(context), waits);
            if (waits && child.Status == WorkflowStatus.Running)
            {
                context.SetProperty("Child", childId);
                context.CreateBookmark(new CreateBookmarkArgs { Callback = OnChildWorkflowCompletedAsync, Stimulus = new ExecuteWorkflowStimulus(childId) });
                return;
            }

            context.SetResult(new ExecuteWorkflowResult { WorkflowInstanceId = childId, Status = child.Status, SubStatus = child.SubStatus, Output = child.Output });
            await context.CompleteActivityAsync();
        }

        private ValueTask OnChildWorkflowCompletedAsync(ActivityExecutionContext context)
        {
            var (output, subStatus) = ChildStarter.ReadOutput(context);
            context.SetResult(new ExecuteWorkflowResult { WorkflowInstanceId = context.GetProperty<string>("Child"), Status = WorkflowStatus.Finished, SubStatus = subStatus, Output = output });
            return context.CompleteActivityAsync();
        }
    }

    /// <summary>Starts another definition in a burst of its own, after this one is committed.</summary>
    [Activity("Elsa", "Composition", "Create a new workflow instance of the specified workflow and dispatch it for execution.")]
    public class DispatchWorkflow : Activity<object>
    {
        /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
        public DispatchWorkflow([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
        {
        }

        /// <summary>The id that all versions of the definition share; its published version is started.</summary>
        [Input(DisplayName = "Workflow Definition", Description = "The definition ID of the workflow to dispatch.", UIHint = InputUIHints.WorkflowDefinitionPicker)]
        public Input<string> WorkflowDefinitionId { get; set; } = null!;

        /// <summary>What the child is found by beside its id; null is none.</summary>
        [Input(DisplayName = "Correlation ID", Description = "The correlation ID to associate the workflow with.")]
        public Input<string?> CorrelationId { get; set; } = null!;

        /// <summary>Values for the child's inputs, by name; must be writable as JSON.</summary>
        [Input(Description = "The input to send to the workflow.")]
        public Input<IDictionary<string, object>?> Input { get; set; } = null!;

        /// <summary>Whether to wait for the child's end. The activity's value is then the child's output, by name.</summary>
        [Input(Description = "Wait for the child workflow to complete before completing this activity.")]
        public Input<bool> WaitForCompletion { get; set; } = null!;

        /// <summary>Of the original; kept, and nothing here traces by it.</summary>
        [Input(Description = "Start a new trace context when using Open Telemetry.", Category = "Open Telemetry")]
        public Input<bool> StartNewTrace { get; set; } = null!;

        /// <summary>Of the original; kept, and there are no channels here.</summary>
        [Input(DisplayName = "Channel", Description = "The channel to dispatch the workflow to.", UIHint = InputUIHints.DropDown)]
        public Input<string?> ChannelName { get; set; } = null!;

        /// <inheritdoc />
        protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
        {
            var waits = WaitForCompletion.GetOrDefault(context);
            var childId = Identity.NewInstance(context.WorkflowExecutionContext.Now);
            await context.GetRequiredService<ChildStarter>().DispatchAsync(context, childId, WorkflowDefinitionId.Get(context), CorrelationId.GetOrDefault(context), Input.GetOrDefault(context), waits ? ChildStarter.Dispatch : null);
            if (waits)
                context.CreateBookmark(new CreateBookmarkArgs { Callback = OnChildWorkflowCompletedAsync, Stimulus = new DispatchWorkflowStimulus(childId) });
            else
                await context.CompleteActivityAsync();
        }

        private ValueTask OnChildWorkflowCompletedAsync(ActivityExecutionContext context)
        {
            context.SetResult(ChildStarter.ReadOutput(context).Output);
            return context.CompleteActivityAsync();
        }
    }
}
