using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Elsa.Execution;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime.Stimuli;

namespace Elsa.Workflows.Runtime.Activities;

/// <summary>Asks for a task and waits until it is reported as done.</summary>
[Activity("Elsa", "Primitives", "Requests a given task to be run. ", Kind = ActivityKind.Action)]
public class RunTask : Activity<object>
{
    /// <summary>The workflow input that carries the task's result.</summary>
    public const string InputKey = "RunTaskInput";

    internal const string StimulusName = "Elsa.RunTask";

    /// <summary>Puts the task's result into <paramref name="output"/>.</summary>
    public RunTask(MemoryBlockReference output, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(output, source, line)
    {
    }

    /// <summary>Puts the task's result into <paramref name="output"/>; null drops it.</summary>
    public RunTask(Output<object>? output, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(output, source, line)
    {
    }

    /// <summary>Asks for a task whose name is known in advance.</summary>
    public RunTask(string taskName, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Literal<string>(taskName), source, line)
    {
    }

    /// <summary>Asks for the task that a delegate names.</summary>
    public RunTask(Func<string> taskName, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<string>(Expression.DelegateExpression(taskName), new MemoryBlockReference()), source, line)
    {
    }

    /// <summary>Asks for the task that a delegate names, which sees variables and inputs.</summary>
    public RunTask(Func<ExpressionExecutionContext, string?> taskName, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<string>(Expression.DelegateExpression(taskName), new MemoryBlockReference()), source, line)
    {
    }

    /// <summary>Asks for the task that a variable names.</summary>
    public RunTask(Variable<string> taskName, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line) => TaskName = new Input<string>(taskName);

    /// <summary>Asks for a task whose name is known in advance.</summary>
    public RunTask(Literal<string> taskName, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line) => TaskName = new Input<string>(taskName);

    /// <summary>Asks for the task that <paramref name="taskName"/> yields.</summary>
    public RunTask(Input<string> taskName, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => TaskName = taskName;

    [JsonConstructor]
    private RunTask(string? source = null, int? line = null) : base(source, line)
    {
    }

    /// <summary>What is to be done, for the worker that takes the task; required.</summary>
    [Input(Description = "The name of the task being requested.")]
    public Input<string> TaskName { get; set; } = null!;

    /// <summary>Values for the worker, by name. Must be writable as JSON.</summary>
    [Input(Description = "Any additional parameters to send to the task.")]
    public Input<IDictionary<string, object>?> Payload { get; set; } = null!;

    /// <summary>The id by which the task is reported as done (<c>POST tasks/{taskId}/complete</c>), set before the wait.</summary>
    [Output(Description = "The ID of the task that was requested to run.")]
    public Output<string> TaskId { get; set; } = null!;

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context)
    {
        var taskId = Identity.New();
        context.CreateBookmark(new RunTaskStimulus(taskId, TaskName.Get(context)), ResumeAsync, includeActivityInstanceId: false);
        TaskId.Set(context, taskId);
    }

    private ValueTask ResumeAsync(ActivityExecutionContext context)
    {
        context.SetResult(context.TryGetWorkflowInput<object>(InputKey, out var result) ? result : null);
        return context.CompleteActivityAsync();
    }
}
