using System.Runtime.CompilerServices;
using Elsa.Execution;
using Elsa.Extensions;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Elsa.Workflows.Management.Activities.SetOutput;

/// <summary>Sets an output of the enclosing definition.</summary>
[Activity("Elsa", "Composition", "Assigns a given value to a the container's output.", Kind = ActivityKind.Action)]
public class SetOutput : CodeActivity
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public SetOutput([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>The name of an output of the nearest definition around the activity that declares it; else it becomes an output of the instance under this name.</summary>
    [Input(DisplayName = "Output", Description = "The output to assign.", UIHint = InputUIHints.OutputPicker)]
    public Input<string> OutputName { get; set; } = null!;

    /// <summary>Set as it is, without conversion to the output's declared type.</summary>
    [Input(Description = "The value to assign.")]
    public Input<object?> OutputValue { get; set; } = null!;

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context)
    {
        var name = OutputName.Get(context);
        var value = OutputValue.GetOrDefault(context);
        if (DefinitionScope.FindOutput(context, name) is { Activity: IDefinitionActivity definition } own)
            definition.SetOutput(own, name, value);
        else if (FindComposite(context, name) is { } composite)
            composite.Set(composite.ActivityDescriptor.Outputs.First(output => output.Name == name).ValueGetter(composite.Activity) as Output, value, name);
        else
            context.WorkflowExecutionContext.Output[name] = value!;
    }

    private static ActivityExecutionContext? FindComposite(ActivityExecutionContext context, string name) =>
        context.GetAncestors().FirstOrDefault(ancestor => ancestor.Activity is Composite and not Workflow && ancestor.ActivityDescriptor.Outputs.Any(output => output.Name == name));
}
