using System.Runtime.CompilerServices;
using System.Text.Json;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Elsa.Workflows.Activities;

/// <summary>Marks the start of a flowchart.</summary>
[Activity("Elsa", "Flow", "A milestone activity that marks the start of a flowchart.", Kind = ActivityKind.Action)]
public class Start : CodeActivity, IStartNode
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public Start([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }
}

/// <summary>Marks the end of its container.</summary>
[Activity("Elsa", "Flow", "A milestone activity that marks the end of a flowchart.", Kind = ActivityKind.Action)]
public class End : CodeActivity, ITerminalNode
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public End([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }
}

/// <summary>Ends the whole instance, whatever else still waits.</summary>
[Activity("Elsa", "Primitives", "Mark the workflow as finished.")]
public class Finish : CodeActivity, ITerminalNode
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public Finish([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context)
    {
        var workflow = context.WorkflowExecutionContext;
        workflow.Scheduled.Clear();
        workflow.Bookmarks.Clear();
        context.CompletionCallback = null; // Nothing goes on after this, not even what encloses it.
        workflow.TransitionTo(WorkflowSubStatus.Finished);
    }
}

/// <summary>Completes the flowchart or workflow it stands in, through the given outcomes.</summary>
[Activity("Elsa", "Composition", "Signals the current composite activity to complete itself as a whole.")]
public class Complete : Activity, ITerminalNode
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public Complete([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Completes through several outcomes, each known in advance.</summary>
    public Complete(IEnumerable<string> outcomes, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<object>(outcomes.ToList()), source, line)
    {
    }

    /// <summary>Completes through the outcomes that the delegate names when the activity runs.</summary>
    public Complete(Func<ExpressionExecutionContext, ICollection<string>> outcomes, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<object>(outcomes), source, line)
    {
    }

    /// <summary>Completes through the one outcome that the delegate names when the activity runs.</summary>
    public Complete(Func<ExpressionExecutionContext, string> outcome, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(context => [outcome(context)], source, line)
    {
    }

    /// <summary>Completes through what <paramref name="outcomes"/> yields, in the forms that <see cref="Outcomes"/> takes.</summary>
    public Complete(Input<object> outcomes, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Outcomes = outcomes;

    /// <summary>One name, a list of names, or the JSON of a list as text. Nothing, or blank text, completes without naming an outcome.</summary>
    [Input(Description = "The outcome or set of outcomes to complete this activity with.", UIHint = InputUIHints.OutcomePicker, DefaultSyntax = "Object")]
    public Input<object> Outcomes { get; set; } = null!;

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => context.CompleteCompositeAsync([.. Names(Outcomes.GetOrDefault(context))]);

    private static IEnumerable<string> Names(object? outcomes) => outcomes switch
    {
        null => [],
        string text when text.AsSpan().TrimStart() is ['[', ..] => JsonSerializer.Deserialize<string[]>(text) ?? [],
        string text when string.IsNullOrWhiteSpace(text) => [],
        string text => [text],
        JsonElement { ValueKind: JsonValueKind.Array } many => many.EnumerateArray().Select(item => item.ToString()),
        IEnumerable<object> many => many.Select(item => item.ToString()!),
        _ => [outcomes.ToString()!],
    };
}

/// <summary>Makes an incident.</summary>
[Activity("Elsa", "Primitives", "Faults the workflow.")]
public class Fault : Activity
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public Fault([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>"0" when it is not set. Carried by the <see cref="Exceptions.FaultException"/> for code that catches it; the stored incident keeps the message only.</summary>
    [Input(Description = "Code to categorize the fault.")]
    public Input<string> Code { get; set; } = null!;

    /// <summary>"General" when it is not set; carried like <see cref="Code"/>.</summary>
    [Input(Description = "Category to categorize the fault. Examples: HTTP, Alteration, Azure, etc.")]
    public Input<string> Category { get; set; } = null!;

    /// <summary>One of <see cref="DefaultFaultTypes"/> or a word of the application's own; <see cref="DefaultFaultTypes.System"/> when it is not set.</summary>
    [Input(DisplayName = "Type", Description = "The type of fault. Examples: System, Business, Integration, etc.")]
    public Input<string> FaultType { get; set; } = null!;

    /// <summary>What people read as the incident's message.</summary>
    [Input(Description = "The message to include with the fault.")]
    public Input<string?> Message { get; set; } = null!;

    /// <summary>A fault whose code, category, type and message are known in advance.</summary>
    public static Fault Create(string code, string category, string type, string? message = null, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) =>
        new(source, line) { Code = new(code), Category = new(category), FaultType = new(type), Message = new(message) };

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context) => throw new Exceptions.FaultException(
        Code.GetOrDefault(context) ?? "0",
        Category.GetOrDefault(context) ?? "General",
        FaultType.GetOrDefault(context) ?? DefaultFaultTypes.System,
        Message.GetOrDefault(context));
}
