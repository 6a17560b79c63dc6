using System.Reflection;
using System.Runtime.CompilerServices;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Scheduling.Activities;

/// <summary>Waits for a while.</summary>
[Activity("Elsa", "Scheduling", "Delay execution for the specified amount of time.")]
public class Delay : Activity, IActivityPropertyDefaultValueProvider
{
    public Delay([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    public Delay(Func<ExpressionExecutionContext, TimeSpan> timeSpan, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<TimeSpan>(timeSpan), source, line)
    {
    }

    public Delay(Func<ExpressionExecutionContext, ValueTask<TimeSpan>> timeSpan, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<TimeSpan>(timeSpan), source, line)
    {
    }

    public Delay(Input<TimeSpan> timeSpan, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => TimeSpan = timeSpan;

    public Delay(TimeSpan timeSpan, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<TimeSpan>(timeSpan), source, line)
    {
    }

    public Delay(Variable<TimeSpan> timeSpan, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(new Input<TimeSpan>(timeSpan), source, line)
    {
    }

    [Input(Description = "The timespan to delay workflow execution.", DefaultValueProvider = typeof(Delay))]
    public Input<TimeSpan> TimeSpan { get; set; } = null!;

    public static Delay FromMilliseconds(double value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(System.TimeSpan.FromMilliseconds(value), source, line);

    public static Delay FromSeconds(double value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(System.TimeSpan.FromSeconds(value), source, line);

    public static Delay FromMinutes(double value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(System.TimeSpan.FromMinutes(value), source, line);

    public static Delay FromHours(double value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(System.TimeSpan.FromHours(value), source, line);

    public static Delay FromDays(double value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) => new(System.TimeSpan.FromDays(value), source, line);

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context) => context.DelayFor(context.Get(TimeSpan));

    object IActivityPropertyDefaultValueProvider.GetDefaultValue(PropertyInfo property) => System.TimeSpan.FromMinutes(1);
}
