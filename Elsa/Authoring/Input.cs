using System.Text.Json.Serialization;
using Elsa.Expressions.Models;
using Elsa.Workflows.Memory;

namespace Elsa.Workflows.Models;

/// <summary>A value that an activity takes, as an expression.</summary>
public abstract class Input : Argument
{
    /// <summary>The value is taken from memory that something else fills, and converted to <paramref name="type"/>.</summary>
    protected Input(MemoryBlockReference memoryBlockReference, Type type) : base(memoryBlockReference) => Type = type;

    /// <summary>The value of <paramref name="expression"/>, converted to <paramref name="type"/> and kept in the memory that is named.</summary>
    protected Input(Expression? expression, MemoryBlockReference memoryBlockReference, Type type) : base(memoryBlockReference) => (Expression, Type) = (expression, type);

    /// <summary>Evaluated each time the activity runs; null when the memory is filled from elsewhere.</summary>
    public Expression? Expression { get; }

    /// <summary>The type the value is converted to.</summary>
    [JsonPropertyName("typeName")]
    public Type Type { get; set; }
}

/// <inheritdoc />
public class Input<T> : Input
{
    /// <summary>The value is taken from memory that something else fills.</summary>
    public Input(MemoryBlockReference memoryBlockReference) : base(memoryBlockReference, typeof(T))
    {
    }

    /// <summary>A value that is known in advance.</summary>
    public Input(T literal, string? id = null) : this(new Literal<T>(literal, id))
    {
    }

    /// <summary>What a delegate yields. It cannot be written to JSON: for workflows in code only.</summary>
    public Input(Func<T> @delegate, string? id = null) : this(Expression.DelegateExpression(@delegate), new(id!))
    {
    }

    /// <summary>What a delegate yields that sees variables and inputs and awaits something; for workflows in code only.</summary>
    public Input(Func<ExpressionExecutionContext, ValueTask<T?>> @delegate, string? id = null) : this(Expression.DelegateExpression(@delegate), new(id!))
    {
    }

    /// <summary>What a delegate yields that awaits something; for workflows in code only.</summary>
    public Input(Func<ValueTask<T?>> @delegate, string? id = null) : this(Expression.DelegateExpression(@delegate), new(id!))
    {
    }

    /// <summary>What a delegate yields that sees variables and inputs; for workflows in code only.</summary>
    public Input(Func<ExpressionExecutionContext, T> @delegate, string? id = null) : this(Expression.DelegateExpression(@delegate), new(id!))
    {
    }

    /// <summary>The current value of a variable.</summary>
    public Input(Variable variable) : base(new("Variable", variable), variable, typeof(T))
    {
    }

    /// <summary>The latest value of another activity's output.</summary>
    public Input(Output output) : base(new("Output", output), output.MemoryBlockReference(), typeof(T))
    {
    }

    /// <summary>A value that is known in advance.</summary>
    public Input(Literal<T> literal) : base(Expression.LiteralExpression(literal.Value), literal, typeof(T))
    {
    }

    /// <summary>A value that is known in advance, converted to <typeparamref name="T"/>.</summary>
    public Input(Literal literal) : base(Expression.LiteralExpression(literal.Value), literal, typeof(T))
    {
    }

    /// <summary>A value that is known in advance, as JSON.</summary>
    public Input(ObjectLiteral<T> literal) : base(Expression.LiteralExpression(literal.Value), literal, typeof(T))
    {
    }

    /// <summary>A value that is known in advance, as JSON that must fit <typeparamref name="T"/>.</summary>
    public Input(ObjectLiteral literal) : base(Expression.LiteralExpression(literal.Value), literal, typeof(T))
    {
    }

    /// <summary>The value of an expression, kept in the memory that is named.</summary>
    public Input(Expression expression, MemoryBlockReference memoryBlockReference) : base(expression, memoryBlockReference, typeof(T))
    {
    }

    /// <summary>The value of an expression.</summary>
    public Input(Expression expression) : this(expression, new())
    {
    }
}
