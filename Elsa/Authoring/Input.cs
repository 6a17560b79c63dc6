using System.Text.Json.Serialization;
using Elsa.Expressions.Models;
using Elsa.Workflows.Memory;

namespace Elsa.Workflows.Models;

/// <summary>A value that an activity takes, as an expression.</summary>
public abstract class Input : Argument
{
    protected Input(MemoryBlockReference memoryBlockReference, Type type) : base(memoryBlockReference) => Type = type;

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
    public Input(MemoryBlockReference memoryBlockReference) : base(memoryBlockReference, typeof(T))
    {
    }

    public Input(T literal, string? id = null) : this(new Literal<T>(literal, id))
    {
    }

    public Input(Func<T> @delegate, string? id = null) : this(Expression.DelegateExpression(@delegate), new(id!))
    {
    }

    public Input(Func<ExpressionExecutionContext, ValueTask<T?>> @delegate, string? id = null) : this(Expression.DelegateExpression(@delegate), new(id!))
    {
    }

    public Input(Func<ValueTask<T?>> @delegate, string? id = null) : this(Expression.DelegateExpression(@delegate), new(id!))
    {
    }

    public Input(Func<ExpressionExecutionContext, T> @delegate, string? id = null) : this(Expression.DelegateExpression(@delegate), new(id!))
    {
    }

    public Input(Variable variable) : base(new("Variable", variable), variable, typeof(T))
    {
    }

    public Input(Output output) : base(new("Output", output), output.MemoryBlockReference(), typeof(T))
    {
    }

    public Input(Literal<T> literal) : base(Expression.LiteralExpression(literal.Value), literal, typeof(T))
    {
    }

    public Input(Literal literal) : base(Expression.LiteralExpression(literal.Value), literal, typeof(T))
    {
    }

    public Input(ObjectLiteral<T> literal) : base(Expression.LiteralExpression(literal.Value), literal, typeof(T))
    {
    }

    public Input(ObjectLiteral literal) : base(Expression.LiteralExpression(literal.Value), literal, typeof(T))
    {
    }

    public Input(Expression expression, MemoryBlockReference memoryBlockReference) : base(expression, memoryBlockReference, typeof(T))
    {
    }

    public Input(Expression expression) : this(expression, new())
    {
    }
}
