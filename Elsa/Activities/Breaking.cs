using System.Runtime.CompilerServices;
using Elsa.Extensions;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Signals;

namespace Elsa.Workflows.Activities;

/// <summary>Leaves the nearest loop.</summary>
[Activity("Elsa", "Looping", "Break out of a loop.")]
public class Break : CodeActivity, ITerminalNode
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public Break([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context) => await context.SendSignalAsync(new BreakSignal());
}

/// <summary>Base of loops: hears a break, and goes no further up with it.</summary>
public abstract class Loop : Activity
{
    private protected Loop(string? source, int? line) : base(source, line) =>
        OnSignalReceived<BreakSignal>((_, context) =>
        {
            context.StopPropagation();
            context.ReceiverActivityExecutionContext.SetIsBreaking();
        });
}
