using Elsa.Extensions;
using System.Runtime.CompilerServices;
using Elsa.Expressions.Models;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Workflows.Activities;

/// <summary>Runs an activity for each item, one after the other.</summary>
[Activity("Elsa", "Looping", "Iterate over a set of values.")]
public class ForEach : ForEach<object>;

/// <summary>Runs an activity for each item, one after the other.</summary>
/// <typeparam name="T">The items' type.</typeparam>
[Activity("Elsa", "Looping", "Iterate over a set of values.")]
public class ForEach<T> : Loop
{
    private const string Position = "CurrentIndex";

    /// <summary>Takes the items from a delegate, asked once when the loop begins.</summary>
    public ForEach(Func<ExpressionExecutionContext, ICollection<T>> @delegate, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<ICollection<T>>(@delegate), source, line)
    {
    }

    /// <summary>Takes the items from a delegate, asked once when the loop begins.</summary>
    public ForEach(Func<ICollection<T>> @delegate, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<ICollection<T>>(@delegate), source, line)
    {
    }

    /// <summary>Goes through items that are known in advance.</summary>
    public ForEach(ICollection<T> items, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<ICollection<T>>(items), source, line)
    {
    }

    /// <summary>Takes the items from <paramref name="items"/>, evaluated once when the loop begins.</summary>
    public ForEach(Input<ICollection<T>> items, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Items = items;

    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public ForEach([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Evaluated once, when the loop begins, and kept with the instance while it waits. Null is an incident; an empty list completes at once.</summary>
    [Input(Description = "The set of values to iterate.")]
    public Input<ICollection<T>> Items { get; set; } = new(Array.Empty<T>());

    /// <summary>Run once for each item, which it sees as the variable <c>CurrentValue</c>, with its position from 0 as <c>CurrentIndex</c>.</summary>
    [Port]
    public IActivity? Body { get; set; }

    /// <summary>The item of the turn that runs; after the loop the last one.</summary>
    [Output(Description = "Assign the current value to the specified variable.")]
    public Output<T>? CurrentValue { get; set; }

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context) => IterateAsync(context);

    private ValueTask OnBodyCompletedAsync(ActivityCompletedContext context) => IterateAsync(context.TargetContext);

    private async ValueTask IterateAsync(ActivityExecutionContext context)
    {
        var index = context.GetProperty<int>(Position);
        var items = context.Get(Items) ?? throw new InvalidOperationException("There is no list of items.");
        if (index >= items.Count || Body is null || context.GetIsBreaking())
        {
            await context.CompleteActivityAsync();
            return;
        }

        var item = items.ElementAt(index);
        context.SetProperty(Position, index + 1);
        context.Set(CurrentValue, item);
        await context.ScheduleActivityAsync(Body, OnBodyCompletedAsync, variables: Iteration.Variables(index, item));
    }
}

/// <summary>The variables that the body of a loop over items sees.</summary>
internal static class Iteration
{
    public static Variable[] Variables(int index, object? item) =>
    [
        new Variable("CurrentIndex", index) { StorageDriverType = typeof(WorkflowInstanceStorageDriver) },
        new Variable("CurrentValue", item) { StorageDriverType = typeof(WorkflowInstanceStorageDriver) },
    ];
}
