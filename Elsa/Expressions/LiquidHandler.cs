using System.Collections.Concurrent;
using System.Dynamic;
using System.Globalization;
using DotLiquid;
using Elsa.Execution;
using Elsa.Expressions.Contracts;
using Elsa.Expressions.JavaScript;
using Elsa.Expressions.Models;
using Elsa.Extensions;

namespace Elsa.Expressions;

/// <summary>Liquid by DotLiquid: texts with variables, inputs and filters. A template that is wrong is a failure of the input.</summary>
internal sealed class LiquidHandler : IExpressionHandler
{
    private const int CacheLimit = 1000;
    private const int MostIterations = 100_000;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, Template> _templates = new(StringComparer.Ordinal);

    static LiquidHandler() => Liquid.UseRubyDateFormat = true; // As Liquid itself has it: %Y, not yyyy.

    public ValueTask<object?> EvaluateAsync(Expression expression, Type returnType, ExpressionExecutionContext context, ExpressionEvaluatorOptions options)
    {
        var globals = new Hash
        {
            ["Variables"] = Map(context.GetVariableNamesInScope().Select(name => KeyValuePair.Create(name, (object?)context.GetVariableInScope(name)))),
            ["Input"] = Map(DefinitionScope.InputNames(context).Select(name => KeyValuePair.Create(name, context.GetInput(name)))),
        };
        if (context.Workflow is { } workflow)
        {
            globals["CorrelationId"] = workflow.CorrelationId;
            globals["WorkflowInstanceId"] = workflow.Id;
            globals["WorkflowDefinitionId"] = workflow.Workflow.Identity.DefinitionId;
            globals["WorkflowDefinitionVersion"] = workflow.Workflow.Identity.Version;
        }

        var text = Parse(expression.Value?.ToString() ?? "").Render(new RenderParameters(CultureInfo.InvariantCulture)
        {
            LocalVariables = globals,
            MaxIterations = MostIterations,
            Timeout = (int)Timeout.TotalMilliseconds,
            ErrorsOutputMode = ErrorsOutputMode.Rethrow,
            SyntaxCompatibilityLevel = SyntaxCompatibility.DotLiquid22a,
        });
        return new(text);
    }

    private static Hash Map(IEnumerable<KeyValuePair<string, object?>> members)
    {
        var hash = new Hash();
        foreach (var (name, value) in members)
            hash[name] = ToLiquid(value is DateTimeOffset ? value : JavaScriptValues.FromClr(value));
        return hash;
    }

    private static object? ToLiquid(object? value) => value switch
    {
        ExpandoObject map => Map(map),
        object?[] items => items.Select(ToLiquid).ToList(),
        _ => value,
    };

    private Template Parse(string text)
    {
        if (_templates.TryGetValue(text, out var known))
            return known;
        var template = Template.Parse(text, SyntaxCompatibility.DotLiquid22a);
        template.MakeThreadSafe();
        if (_templates.Count >= CacheLimit)
            _templates.Clear();
        return _templates[text] = template;
    }
}
