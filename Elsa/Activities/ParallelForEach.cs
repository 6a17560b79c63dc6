using System.Runtime.CompilerServices;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;

namespace Elsa.Workflows.Activities;

/// <summary>Runs an activity for all items at once.</summary>
[Activity("Elsa", "Looping", "Schedule an activity for each item in parallel.")]
public class ParallelForEach : ParallelForEach<object>
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public ParallelForEach([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }
}

/// <summary>Runs an activity for all items at once.</summary>
/// <typeparam name="T">The items' type.</typeparam>
[Activity("Elsa", "Looping", "Schedule an activity for each item in parallel.")]
public class ParallelForEach<T> : Activity
{
    private const string Remaining = "Remaining";

    /// <summary>Takes the items from a delegate, asked once.</summary>
    public ParallelForEach(Func<ExpressionExecutionContext, ICollection<T>> @delegate, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<object>(@delegate), source, line)
    {
    }

    /// <summary>Takes the items from a delegate, asked once.</summary>
    public ParallelForEach(Func<ICollection<T>> @delegate, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<object>(@delegate), source, line)
    {
    }

    /// <summary>Goes through items that are known in advance.</summary>
    public ParallelForEach(ICollection<T> items, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<object>(items), source, line)
    {
    }

    /// <summary>Takes the items from <paramref name="items"/>, evaluated once.</summary>
    public ParallelForEach(Input<object> items, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Items = items;

    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public ParallelForEach([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Evaluated once, when the activity begins. A list or a JSON array; text and objects hold no items, not even the JSON of a list as text, as in Elsa. Each item is converted to <typeparamref name="T"/>.</summary>
    [Input(Description = "The items to iterate through.")]
    public Input<object> Items { get; set; } = new(Array.Empty<T>());

    /// <summary>Started for every item in one burst; it sees its item as the variable <c>CurrentValue</c> and the position from 0 as <c>CurrentIndex</c>. The activity is complete when all are.</summary>
    [Port]
    public IActivity Body { get; set; } = null!;

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var items = ItemSource.Of(context.Get(Items)).Select(item => item.ConvertTo<T>()).ToList();
        context.SetProperty(Remaining, items.Count);
        if (items.Count == 0 || Body is null)
            await context.CompleteActivityAsync();
        foreach (var (index, item) in items.Index())
            await context.ScheduleActivityAsync(Body, OnChildCompletedAsync, tag: index, variables: Iteration.Variables(index, item));
    }

    private static async ValueTask OnChildCompletedAsync(ActivityCompletedContext context)
    {
        if (context.TargetContext.UpdateProperty<int>(Remaining, count => count - 1) == 0)
            await context.TargetContext.CompleteActivityAsync();
    }
}
