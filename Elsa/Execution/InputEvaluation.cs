using System.Linq.Expressions;
using Elsa.Expressions;
using Elsa.Expressions.Helpers;
using Elsa.Workflows;
using Elsa.Workflows.Exceptions;
using Elsa.Workflows.Models;

namespace Elsa.Extensions;

public static partial class ActivityExecutionContextExtensions
{
    /// <summary>Evaluates anew the inputs that are evaluated before an activity runs.</summary>
    /// <exception cref="InputEvaluationException">The expression of one fails.</exception>
    public static async Task EvaluateInputPropertiesAsync(this ActivityExecutionContext context)
    {
        foreach (var input in context.ActivityNode.Inputs.Where(input => input.AutoEvaluate))
            await input.EvaluateAsync(context);
    }

    /// <summary>Evaluates one input now: for those with <c>AutoEvaluate = false</c>, and for those that change while the activity runs.</summary>
    /// <param name="context">The execution whose activity has the input.</param>
    /// <param name="propertyExpression">Names the property, as in <c>activity => activity.Condition</c>.</param>
    /// <exception cref="InputEvaluationException">Its expression fails.</exception>
    public static async Task<T?> EvaluateInputPropertyAsync<TActivity, T>(this ActivityExecutionContext context, Expression<Func<TActivity, Input<T>>> propertyExpression) =>
        (await context.EvaluateInputPropertyAsync(((MemberExpression)propertyExpression.Body).Member.Name)).ConvertTo<T>();

    /// <summary>Evaluates one input now: for those with <c>AutoEvaluate = false</c>, and for those that change while the activity runs.</summary>
    /// <exception cref="InputEvaluationException">Its expression fails.</exception>
    /// <exception cref="InvalidOperationException">The activity has no such input.</exception>
    public static async Task<object?> EvaluateInputPropertyAsync(this ActivityExecutionContext context, string inputName)
    {
        var input = context.ActivityNode.Inputs.FirstOrDefault(input => input.Name == inputName);
        if (input is null)
        {
            return context.ActivityDescriptor.Inputs.Any(descriptor => descriptor.Name == inputName)
                ? null // It was never set.
                : throw new InvalidOperationException($"Activity '{context.Activity.Id}' ({context.Activity.Type}) has no input '{inputName}'.");
        }

        await input.EvaluateAsync(context);
        return input.TryRead(context, out var value) ? value : null;
    }

    /// <summary>Evaluates an input and keeps the value in the memory that the input stands for.</summary>
    public static async Task<T?> EvaluateAsync<T>(this ActivityExecutionContext context, Input<T> input)
    {
        if (input.Expression is not { } expression)
            return context.Get(input);
        var value = (await ExpressionEvaluator.EvaluateAsync(expression, typeof(T), context.ExpressionExecutionContext)).ConvertTo<T>();
        if (input.MemoryBlockReference() is { Id: not null } reference)
            context.ExpressionExecutionContext.Set(reference, value);
        return value;
    }
}
