using System.ComponentModel;
using System.Runtime.CompilerServices;
using Elsa.Execution;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Workflows.Activities;

/// <summary>Assigns a value to a variable, from code.</summary>
/// <typeparam name="T">The variable's type.</typeparam>
[Browsable(false)]
[Activity("Elsa", "Primitives", "Assign value to a workflow variable.")]
public class SetVariable<T> : CodeActivity
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public SetVariable([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Assigns what <paramref name="value"/> yields.</summary>
    public SetVariable(Variable<T> variable, Input<T> value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) =>
        (Variable, Value) = (variable, value);

    /// <summary>Copies the value of another variable.</summary>
    public SetVariable(Variable<T> variable, Variable<T> value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(variable, new Input<T>(value), source, line)
    {
    }

    /// <summary>Assigns what a delegate yields that sees variables and inputs.</summary>
    public SetVariable(Variable<T> variable, Func<ExpressionExecutionContext, T> value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(variable, new Input<T>(value), source, line)
    {
    }

    /// <summary>Assigns what a delegate yields.</summary>
    public SetVariable(Variable<T> variable, Func<T> value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(variable, new Input<T>(value), source, line)
    {
    }

    /// <summary>Assigns a value that is known in advance.</summary>
    public SetVariable(Variable<T> variable, T value, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(variable, new Input<T>(value), source, line)
    {
    }

    /// <summary>Must be declared by a container around the activity.</summary>
    [Input(Description = "The variable to assign the value to.")]
    public Variable<T> Variable { get; set; } = null!;

    /// <summary>Evaluated when the activity runs; the type's default when it is not set.</summary>
    [Input(Description = "The value to assign.")]
    public Input<T> Value { get; set; } = new(new Literal<T>());

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context) => Variable.Set(context, context.Get(Value));
}

/// <summary>Assigns a value to a variable, in a definition.</summary>
[Activity("Elsa", "Primitives", "Assign a value to a workflow variable.")]
public class SetVariable : CodeActivity
{
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public SetVariable([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Found by its id among the variables in scope; one that is not there is an incident.</summary>
    [Input(Description = "The variable to assign the value to.")]
    public Variable? Variable { get; set; }

    /// <summary>Evaluated when the activity runs, and converted to the variable's type.</summary>
    [Input(Description = "The value to assign.")]
    public Input<object?> Value { get; set; } = new(default(object));

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context)
    {
        var declared = VariableScope.Enumerate(context.ExpressionExecutionContext).FirstOrDefault(variable => variable.Id == Variable?.Id)
            ?? (Variable is null ? null : VariableScope.Declared(context.ExpressionExecutionContext, Variable))
            ?? throw new InvalidOperationException($"There is no variable '{Variable?.Name ?? Variable?.Id}' in scope.");
        declared.Set(context, context.Get(Value));
    }
}
