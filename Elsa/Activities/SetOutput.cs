using System.Runtime.CompilerServices;
using Elsa.Execution;
using Elsa.Extensions;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Elsa.Workflows.Management.Activities.SetOutput;

/// <summary>Sets an output of the enclosing definition.</summary>
[Activity("Elsa", "Composition", "Assigns a given value to a the container's output.", Kind = ActivityKind.Action)]
public class SetOutput : CodeActivity
{
    public SetOutput([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    [Input(DisplayName = "Output", Description = "The output to assign.", UIHint = InputUIHints.OutputPicker)]
    public Input<string> OutputName { get; set; } = null!;

    [Input(Description = "The value to assign.")]
    public Input<object?> OutputValue { get; set; } = null!;

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context)
    {
        var name = OutputName.Get(context);
        var value = OutputValue.GetOrDefault(context);
        if (context.GetAncestors().FirstOrDefault(ancestor => ancestor.Activity is IDefinitionActivity && ancestor.ActivityDescriptor.Outputs.Any(output => output.Name == name)) is { Activity: IDefinitionActivity definition } own)
            definition.SetOutput(own, name, value);
        else
            context.WorkflowExecutionContext.Output[name] = value!;
    }
}
