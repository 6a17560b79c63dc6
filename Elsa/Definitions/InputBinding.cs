using Elsa.Expressions;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Workflows;
using Elsa.Workflows.Exceptions;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Definitions;

/// <summary>One input of one activity, ready to be evaluated.</summary>
internal sealed class InputBinding
{
    private readonly Expression? _expression;
    private readonly MemoryBlockReference _reference;
    private readonly bool _isConstant;
    private readonly object? _constant;
    private readonly object? _plain;

    public InputBinding(InputDescriptor descriptor, Input input)
    {
        (Name, Type, Input) = (descriptor.Name, input.Type, input);
        AutoEvaluate = descriptor.AutoEvaluate;
        IsShown = descriptor is { IsSensitive: false, IsSerializable: not false };
        _reference = input.MemoryBlockReference();
        _expression = _reference is Variable ? null : input.Expression; // A variable's own memory already holds the value.
        if (_expression?.Type != "Literal")
            return;
        var value = _expression.Value.ConvertTo(Type);
        _isConstant = value is null or string || value.GetType().IsValueType; // Others are made anew: a run must not change what the next one reads.
        _constant = value;
    }

    public InputBinding(InputDescriptor descriptor, object? plainValue)
    {
        (Name, Type, _plain, _reference) = (descriptor.Name, descriptor.Type, plainValue, new MemoryBlockReference());
        IsShown = descriptor is { IsSensitive: false, IsSerializable: not false };
    }

    public string Name { get; }

    public Type Type { get; }

    /// <summary>Null for an input that is a plain value.</summary>
    public Input? Input { get; }

    public bool AutoEvaluate { get; }

    /// <summary>Whether the journal may show the value.</summary>
    public bool IsShown { get; }

    public ValueTask EvaluateAsync(ActivityExecutionContext context)
    {
        if (_isConstant)
        {
            Store(context, _constant);
            return default;
        }

        return _expression is null ? default : EvaluateExpressionAsync(context, _expression);
    }

    public bool TryRead(ActivityExecutionContext context, out object? value)
    {
        if (_plain is not null)
        {
            value = _plain;
            return true;
        }

        if (_reference.Id is not null && (context.ExpressionExecutionContext.Memory.TryGetBlock(_reference.Id, out var block) || (_reference is Variable && context.ExpressionExecutionContext.TryGetBlock(_reference, out block))))
        {
            value = block.Value;
            return true;
        }

        value = null;
        return false;
    }

    private async ValueTask EvaluateExpressionAsync(ActivityExecutionContext context, Expression expression)
    {
        try
        {
            Store(context, await ExpressionEvaluator.EvaluateAsync(expression, Type, context.ExpressionExecutionContext));
        }
        catch (Exception e) when (e is not OperationCanceledException || !context.CancellationToken.IsCancellationRequested)
        {
            throw new InputEvaluationException(Name, $"Failed to evaluate activity input '{Name}'", e);
        }
    }

    private void Store(ActivityExecutionContext context, object? value) =>
        context.ExpressionExecutionContext.Memory.Blocks[_reference.Id] = new MemoryBlock(value);
}
