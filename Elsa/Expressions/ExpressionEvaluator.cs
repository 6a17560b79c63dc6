using System.Text.Json;
using Elsa.Execution;
using Elsa.Expressions.Contracts;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.JavaScript;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Elsa.Expressions;

/// <summary>Evaluates the syntaxes of this runtime; others may be registered as <see cref="IExpressionHandler"/> by name.</summary>
internal sealed class ExpressionEvaluator : IExpressionEvaluator
{
    public async ValueTask<T?> EvaluateAsync<T>(Expression expression, ExpressionExecutionContext context, ExpressionEvaluatorOptions? options = default) =>
        (await EvaluateAsync(expression, typeof(T), context, options ?? ExpressionEvaluatorOptions.Empty)).ConvertTo<T>();

    ValueTask<object?> IExpressionEvaluator.EvaluateAsync(Expression expression, Type returnType, ExpressionExecutionContext context, ExpressionEvaluatorOptions? options) =>
        EvaluateAsync(expression, returnType, context, options);

    public static async ValueTask<object?> EvaluateAsync(Expression expression, Type type, ExpressionExecutionContext context, ExpressionEvaluatorOptions? options = null)
    {
        var value = expression.Type switch
        {
            "Literal" => expression.Value,
            "Object" => ReadObject(expression.Value, type),
            "Variable" => expression.Value is Variable variable && context.TryGet(variable, out var current) ? current : null,
            "Input" => expression.Value is InputDefinition input ? context.GetInput(input.Name) : null,
            "Output" => expression.Value is Output output && context.TryGet(output.MemoryBlockReference(), out var yielded) ? yielded : null,
            "JavaScript" => JavaScriptEvaluator.Evaluate(expression, context, options),
            "Delegate" => expression.Value is Func<ExpressionExecutionContext, ValueTask<object?>> function ? await function(context) : null,
            _ => await EvaluateOtherAsync(expression, type, context, options),
        };
        return expression.Type == "Variable" ? value : value.ConvertTo(type); // A variable shows as what it is; who reads the input converts it.
    }

    private static object? ReadObject(object? value, Type type) => value switch
    {
        string text when string.IsNullOrWhiteSpace(text) => null,
        string text when type.IsAssignableFrom(typeof(Dictionary<string, object>)) && type != typeof(object) => JsonValues.ReadMap(JsonDocument.Parse(text).RootElement),
        string text when type.IsAssignableFrom(typeof(List<object>)) && type != typeof(object) => JsonValues.Read(JsonDocument.Parse(text).RootElement),
        _ => value,
    };

    private static async ValueTask<object?> EvaluateOtherAsync(Expression expression, Type type, ExpressionExecutionContext context, ExpressionEvaluatorOptions? options)
    {
        var handler = context.ServiceProvider.GetKeyedService<IExpressionHandler>(expression.Type)
            ?? throw new NotSupportedException($"There is no expression syntax '{expression.Type}'.");
        await context.ServiceProvider.BeginForAsync(handler, context.CancellationToken);
        return await handler.EvaluateAsync(expression, type, context, options ?? ExpressionEvaluatorOptions.Empty);
    }
}
