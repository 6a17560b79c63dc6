using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Elsa.Execution;
using Elsa.Expressions;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Runtime;
using Elsa.Workflows.Activities.Flowchart.Attributes;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;
using Elsa.Workflows.Options;
using Elsa.Workflows.Runtime.Stimuli;
using Elsa.Workflows.UIHints;

namespace Elsa.Workflows.Runtime.Activities
{
    /// <summary>Starts another definition once for each item, each in a burst of its own after this one is committed.</summary>
    [Activity("Elsa", "Composition", "Create new workflow instances for each item in the data source and dispatch them for execution.", Kind = ActivityKind.Task)]
    [FlowNode("Completed", "Canceled", "Done")]
    public class BulkDispatchWorkflows : Activity
    {
        private const string Dispatched = "DispatchedInstancesCount";
        private const string Finished = "CompletedInstancesCount";
        private const string Cancelled = "CanceledInstancesCount";

        /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
        public BulkDispatchWorkflows([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
        {
        }

        /// <summary>The id that all versions of the definition share; its published version is started once for each item.</summary>
        [Input(DisplayName = "Workflow Definition", Description = "The definition ID of the workflows to dispatch.", UIHint = InputUIHints.WorkflowDefinitionPicker)]
        public Input<string> WorkflowDefinitionId { get; set; } = null!;

        /// <summary>A list, or the JSON of a list as text; anything else is one item. A map as an item is the child's inputs by name.</summary>
        [Input(Description = "The data source to use for dispatching the workflows.")]
        public Input<object> Items { get; set; } = null!;

        /// <summary>The input by which a child gets its item, where the item is no map; "Item" when it is not set.</summary>
        [Input(
            Description = "The default key to use for the input name when sending the current item to the dispatched workflow. Will not be used if the Items field contain a list of dictionaries",
            DefaultValue = "Item")]
        public Input<string> DefaultItemInputKey { get; set; } = new("Item");

        /// <summary>Evaluated for each item, which it sees by the name of <see cref="DefaultItemInputKey"/>. Null gives no correlation id.</summary>
        [Input(DisplayName = "Correlation ID Function", Description = "A function to compute the correlation ID to associate a dispatched workflow with.", AutoEvaluate = false)]
        public Input<string?>? CorrelationIdFunction { get; set; }

        /// <summary>More values for every child's inputs, by name; the item's own win.</summary>
        [Input(Description = "Additional input to send to the workflows being dispatched.")]
        public Input<IDictionary<string, object>?> Input { get; set; } = null!;

        /// <summary>Whether to wait for the end of all children; true when it is not set. False leaves by "Done" at once.</summary>
        [Input(Description = "Wait for the dispatched workflows to complete before completing this activity.", DefaultValue = true)]
        public Input<bool> WaitForCompletion { get; set; } = new(true);

        /// <summary>Of the original; kept, and nothing here traces by it.</summary>
        [Input(Description = "Start a new trace context when using Open Telemetry.", Category = "Open Telemetry")]
        public Input<bool> StartNewTrace { get; set; } = new(false);

        /// <summary>Of the original; kept, and there are no channels here.</summary>
        [Input(DisplayName = "Channel", Description = "The channel to dispatch the workflow to.", UIHint = InputUIHints.DropDown)]
        public Input<string?> ChannelName { get; set; } = null!;

        /// <summary>Run for each child that finished; sees its id as the variable <c>ChildInstanceId</c> and its output as input.</summary>
        [Port]
        public IActivity? ChildCompleted { get; set; }

        /// <summary>Run for each child that faulted; sees its id as the variable <c>ChildInstanceId</c>.</summary>
        [Port]
        public IActivity? ChildFaulted { get; set; }

        /// <inheritdoc />
        protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
        {
            var waits = WaitForCompletion.GetOrDefault(context);
            var count = 0;
            foreach (var item in ItemsOf(Items.GetOrDefault(context)))
            {
                await DispatchAsync(context, item, waits);
                count++;
            }

            if (!waits || count == 0)
            {
                await context.CompleteActivityWithOutcomesAsync("Done");
                return;
            }

            context.SetProperty(Dispatched, count);
            context.CreateBookmark(new CreateBookmarkArgs
            {
                Callback = OnChildWorkflowCompletedAsync,
                Stimulus = new BulkDispatchWorkflowsStimulus(context.WorkflowExecutionContext.Id) { ScheduledInstanceIdsCount = count },
                IncludeActivityInstanceId = true, // Two of these in one instance each count their own children.
                AutoBurn = false,
            });
        }

        private async Task DispatchAsync(ActivityExecutionContext context, object? item, bool waits)
        {
            var input = new Dictionary<string, object>(Input.GetOrDefault(context) ?? new Dictionary<string, object>(StringComparer.Ordinal), StringComparer.Ordinal)
            {
                ["ParentInstanceId"] = context.WorkflowExecutionContext.Id,
            };
            var named = new Dictionary<string, object>(StringComparer.Ordinal) { [DefaultItemInputKey.GetOrDefault(context) ?? "Item"] = item! };
            foreach (var (key, value) in item as IDictionary<string, object> ?? named)
                input[key] = value;
            await context.GetRequiredService<ChildStarter>().DispatchAsync(context, Identity.NewInstance(context.WorkflowExecutionContext.Now), WorkflowDefinitionId.Get(context), await CorrelationIdAsync(context, named), input, waits ? ChildStarter.Bulk : null);
        }

        private async Task<string?> CorrelationIdAsync(ActivityExecutionContext context, Dictionary<string, object> item) => CorrelationIdFunction?.Expression is { } function
            ? (await ExpressionEvaluator.EvaluateAsync(function, typeof(string), context.ExpressionExecutionContext, new ExpressionEvaluatorOptions { Arguments = item })).ConvertTo<string>()
            : null;

        private ValueTask OnChildWorkflowCompletedAsync(ActivityExecutionContext context)
        {
            var input = context.WorkflowExecutionContext.StimulusInput ?? new Dictionary<string, object>(StringComparer.Ordinal);
            var subStatus = input.TryGetValue("WorkflowSubStatus", out var value) ? value.ConvertTo<WorkflowSubStatus>() : WorkflowSubStatus.Finished;
            context.UpdateProperty<int>(Finished, count => count + 1);
            if (subStatus == WorkflowSubStatus.Cancelled)
                context.UpdateProperty<int>(Cancelled, count => count + 1);
            var branch = subStatus switch
            {
                WorkflowSubStatus.Faulted => ChildFaulted,
                WorkflowSubStatus.Finished => ChildCompleted,
                _ => null,
            };
            return context.ScheduleActivityAsync(branch, new ScheduleWorkOptions
            {
                Input = input,
                Variables = [new Variable("ChildInstanceId", input.TryGetValue("WorkflowInstanceId", out var id) ? id : null) { StorageDriverType = typeof(WorkflowInstanceStorageDriver) }],
                CompletionCallback = OnBranchCompletedAsync,
            });
        }

        /// <summary>A branch of an earlier child may still wait when the last child is done.</summary>
        private static ValueTask OnBranchCompletedAsync(ActivityCompletedContext completed)
        {
            var context = completed.TargetContext;
            if (context.GetProperty<int>(Finished) < context.GetProperty<int>(Dispatched) || context.Children.Count > 0 || context.WorkflowExecutionContext.Scheduled.Any(item => item.Owner == context))
                return default;
            return context.CompleteActivityWithOutcomesAsync(context.GetProperty<int>(Cancelled) > 0 ? "Canceled" : "Completed", "Done");
        }

        private static IEnumerable<object?> ItemsOf(object? items) => items switch
        {
            null => [],
            JsonElement json => ItemsOf(JsonValues.Read(json)),
            string text when text.TrimStart() is ['[', ..] => ItemsOf(text.ConvertTo<JsonElement>()),
            string or IDictionary<string, object?> => [items],
            IEnumerable many => many.Cast<object?>().Select(item => item is JsonElement json ? JsonValues.Read(json) : item),
            _ => [items],
        };
    }
}

namespace Elsa.Workflows.Runtime.Stimuli
{
    /// <summary>A child of a bulk dispatch has finished.</summary>
    /// <param name="parentInstanceId">The instance that dispatched the child.</param>
    public class BulkDispatchWorkflowsStimulus(string parentInstanceId)
    {
        /// <summary>The instance that dispatched the child.</summary>
        public string ParentInstanceId { get; init; } = parentInstanceId;

        /// <summary>How many there are in all.</summary>
        [ExcludeFromHash]
        public long ScheduledInstanceIdsCount { get; set; }
    }
}
