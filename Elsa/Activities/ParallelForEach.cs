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

    public ParallelForEach(Func<ExpressionExecutionContext, ICollection<T>> @delegate, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<object>(@delegate), source, line)
    {
    }

    public ParallelForEach(Func<ICollection<T>> @delegate, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<object>(@delegate), source, line)
    {
    }

    public ParallelForEach(ICollection<T> items, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<object>(items), source, line)
    {
    }

    public ParallelForEach(Input<object> items, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Items = items;

    public ParallelForEach([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    [Input(Description = "The items to iterate through.")]
    public Input<object> Items { get; set; } = new(Array.Empty<T>());

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
