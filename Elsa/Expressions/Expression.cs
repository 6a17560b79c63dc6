using System.Text.Json.Serialization;

namespace Elsa.Expressions.Models;

/// <summary>A value that is worked out when an activity runs: a syntax name (<c>Literal</c>, <c>JavaScript</c>, …) and its text.</summary>
public class Expression
{
    /// <summary>For serializers.</summary>
    [JsonConstructor]
    public Expression()
    {
    }

    /// <param name="type">Name of the syntax.</param>
    /// <param name="value">What the syntax evaluates: a text, a literal, a delegate or a variable.</param>
    public Expression(string type, object? value) => (Type, Value) = (type, value);

    /// <summary>Name of the syntax.</summary>
    public string Type { get; set; } = null!;

    /// <summary>What the syntax evaluates.</summary>
    public object? Value { get; set; }

    /// <summary>The parsed form of <see cref="Value"/>, kept by the syntax's handler so that a text is parsed once.</summary>
    internal object? Compiled { get; set; }

    /// <summary>A value that is known in advance.</summary>
    public static Expression LiteralExpression(object? value) => new("Literal", value);

    /// <summary>A delegate that sees variables and inputs. It cannot be written to JSON: for workflows in code only.</summary>
    public static Expression DelegateExpression(Func<ExpressionExecutionContext, ValueTask<object?>> value) => new("Delegate", value);

    /// <summary>A delegate that sees variables and inputs and awaits something; for workflows in code only.</summary>
    public static Expression DelegateExpression<T>(Func<ExpressionExecutionContext, ValueTask<T>> value) =>
        DelegateExpression(async context => (object?)await value(context));

    /// <summary>A delegate that awaits something; for workflows in code only.</summary>
    public static Expression DelegateExpression<T>(Func<ValueTask<T>> value) =>
        DelegateExpression(async _ => (object?)await value());

    /// <summary>A delegate that sees variables and inputs; for workflows in code only.</summary>
    public static Expression DelegateExpression<T>(Func<ExpressionExecutionContext, T> value) =>
        DelegateExpression(context => ValueTask.FromResult<object?>(value(context)));

    /// <summary>A delegate; for workflows in code only.</summary>
    public static Expression DelegateExpression<T>(Func<T> value) =>
        DelegateExpression(_ => ValueTask.FromResult<object?>(value()));
}
