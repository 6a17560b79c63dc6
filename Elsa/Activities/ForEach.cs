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

    public ForEach(Func<ExpressionExecutionContext, ICollection<T>> @delegate, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<ICollection<T>>(@delegate), source, line)
    {
    }

    public ForEach(Func<ICollection<T>> @delegate, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<ICollection<T>>(@delegate), source, line)
    {
    }

    public ForEach(ICollection<T> items, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<ICollection<T>>(items), source, line)
    {
    }

    public ForEach(Input<ICollection<T>> items, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Items = items;

    public ForEach([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    [Input(Description = "The set of values to iterate.")]
    public Input<ICollection<T>> Items { get; set; } = new(Array.Empty<T>());

    [Port]
    public IActivity? Body { get; set; }

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
