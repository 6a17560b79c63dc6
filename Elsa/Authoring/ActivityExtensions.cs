using System.Linq.Expressions;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Workflows;

namespace Elsa.Extensions;

/// <summary>Reads what other activities of the instance yielded.</summary>
public static class ActivityExtensions
{
    private const string Result = "Result";

    /// <summary>The latest value of an output of this activity; null when it has none yet.</summary>
    /// <param name="activity">An activity of the running workflow.</param>
    /// <param name="context">Any execution of the instance.</param>
    /// <param name="outputName">The output; null is the result.</param>
    public static object? GetOutput(this IActivity activity, ActivityExecutionContext context, string? outputName = null) =>
        context.WorkflowExecutionContext.Outputs.TryGetValue(activity.Id, out var outputs) ? outputs.GetValueOrDefault(outputName ?? Result) : null;

    /// <inheritdoc cref="GetOutput(IActivity, ActivityExecutionContext, string)" />
    public static object? GetOutput(this IActivity activity, ExpressionExecutionContext context, string? outputName = null) =>
        activity.GetOutput(context.GetActivityExecutionContext(), outputName);

    /// <summary>The latest value of an output of this activity, converted to <typeparamref name="T"/>; the default when it has none yet.</summary>
    public static T? GetOutput<T>(this IActivity activity, ActivityExecutionContext context, string outputName) => activity.GetOutput(context, outputName).ConvertTo<T>();

    /// <inheritdoc cref="GetOutput{T}(IActivity, ActivityExecutionContext, string)" />
    public static T? GetOutput<T>(this IActivity activity, ExpressionExecutionContext context, string outputName) => activity.GetOutput(context, outputName).ConvertTo<T>();

    /// <summary>The latest value of the output that <paramref name="outputExpression"/> names, a property of the activity.</summary>
    public static T? GetOutput<TActivity, T>(this TActivity activity, ActivityExecutionContext context, Expression<Func<TActivity, object?>> outputExpression) where TActivity : IActivity =>
        activity.GetOutput<T>(context, NameOf(outputExpression));

    /// <inheritdoc cref="GetOutput{TActivity, T}(TActivity, ActivityExecutionContext, Expression{Func{TActivity, object}})" />
    public static T? GetOutput<TActivity, T>(this TActivity activity, ExpressionExecutionContext context, Expression<Func<TActivity, object?>> outputExpression) where TActivity : IActivity =>
        activity.GetOutput<T>(context, NameOf(outputExpression));

    /// <summary>The latest result of this activity, converted to <typeparamref name="T"/>; the default when it has none yet.</summary>
    public static T? GetResult<T>(this IActivity activity, ExpressionExecutionContext context) => activity.GetResult(context).ConvertTo<T>();

    /// <summary>The latest result of this activity; null when it has none yet.</summary>
    public static object? GetResult(this IActivity activity, ExpressionExecutionContext context) => activity.GetOutput(context);

    /// <inheritdoc cref="GetResult(IActivity, ExpressionExecutionContext)" />
    public static object? GetResult(this IActivity activity, ActivityExecutionContext context) => activity.GetOutput(context);

    /// <summary>The latest result of another activity; null when it has none yet.</summary>
    public static object? GetResult(this ActivityExecutionContext context, IActivity activity) => activity.GetOutput(context);

    /// <summary>What an activity of this instance yielded last, converted to <typeparamref name="T"/>; the default when none has.</summary>
    public static T? GetLastResult<T>(this ExpressionExecutionContext context) => context.GetWorkflowExecutionContext().LastResult.ConvertTo<T>();

    /// <summary>What an activity of this instance yielded last; null when none has.</summary>
    public static object? GetLastResult(this ActivityExecutionContext context) => context.WorkflowExecutionContext.LastResult;

    /// <inheritdoc cref="GetLastResult(ActivityExecutionContext)" />
    public static object? GetLastResult(this WorkflowExecutionContext context) => context.LastResult;

    private static string NameOf(LambdaExpression expression) =>
        (expression.Body is UnaryExpression converted ? converted.Operand : expression.Body) is MemberExpression member
            ? member.Member.Name
            : throw new ArgumentException("It must name a property of the activity.", nameof(expression));
}
