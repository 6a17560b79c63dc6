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
        public string? WorkflowDefinitionVersionId { get; set; }

        public string? WorkflowInstanceId { get; set; }

        public string? CorrelationId { get; set; }

        public WorkflowStatus Status { get; set; }

        public WorkflowSubStatus SubStatus { get; set; }

        public IDictionary<string, object>? Output { get; set; }
    }
}

namespace Elsa.Workflows.Runtime.Activities
{
    /// <summary>Runs another definition inside this burst, and waits for it when it waits itself.</summary>
    [Activity("Elsa", "Composition", "Create a new workflow instance of the specified workflow and execute it.", Kind = ActivityKind.Task)]
    public class ExecuteWorkflow : Activity<ExecuteWorkflowResult>
    {
        public ExecuteWorkflow([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
        {
        }

        [Input(DisplayName = "Workflow Definition", Description = "The definition ID of the workflow to execute.", UIHint = InputUIHints.WorkflowDefinitionPicker)]
        public Input<string> WorkflowDefinitionId { get; set; } = null!;

        [Input(DisplayName = "Correlation ID", Description = "The correlation ID to associate the workflow with.")]
        public Input<string?> CorrelationId { get; set; } = null!;

        [Input(Description = "The input to send to the workflow.")]
        public Input<IDictionary<string, object>?> Input { get; set; } = null!;

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
        public DispatchWorkflow([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
        {
        }

        [Input(DisplayName = "Workflow Definition", Description = "The definition ID of the workflow to dispatch.", UIHint = InputUIHints.WorkflowDefinitionPicker)]
        public Input<string> WorkflowDefinitionId { get; set; } = null!;

        [Input(DisplayName = "Correlation ID", Description = "The correlation ID to associate the workflow with.")]
        public Input<string?> CorrelationId { get; set; } = null!;

        [Input(Description = "The input to send to the workflow.")]
        public Input<IDictionary<string, object>?> Input { get; set; } = null!;

        [Input(Description = "Wait for the child workflow to complete before completing this activity.")]
        public Input<bool> WaitForCompletion { get; set; } = null!;

        [Input(Description = "Start a new trace context when using Open Telemetry.", Category = "Open Telemetry")]
        public Input<bool> StartNewTrace { get; set; } = null!;

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
