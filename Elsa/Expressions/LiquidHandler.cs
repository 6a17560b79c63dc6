using System.Collections.Concurrent;
using System.Globalization;
using Elsa.Execution;
using Elsa.Expressions.Contracts;
using Elsa.Expressions.JavaScript;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Fluid;
using Fluid.Values;

namespace Elsa.Expressions;

/// <summary>Liquid by Fluid: texts with variables, inputs and filters. A template that cannot be parsed is a failure of the input.</summary>
internal sealed class LiquidHandler : IExpressionHandler
{
    private const int MaxSteps = 100_000;
    private const int CacheLimit = 1000;
    private static readonly FluidParser Parser = new();
    private readonly ConcurrentDictionary<string, IFluidTemplate> _templates = new(StringComparer.Ordinal);

    public async ValueTask<object?> EvaluateAsync(Expression expression, Type returnType, ExpressionExecutionContext context, ExpressionEvaluatorOptions options)
    {
        var template = Parse(expression.Value?.ToString() ?? "");
        var scope = new TemplateContext(new TemplateOptions { MaxSteps = MaxSteps, CultureInfo = CultureInfo.InvariantCulture, MemberAccessStrategy = UnsafeMemberAccessStrategy.Instance });
        scope.SetValue("Variables", Map(context.GetVariableNamesInScope().Select(name => KeyValuePair.Create(name, (object?)context.GetVariableInScope(name))), scope));
        scope.SetValue("Input", Map(DefinitionScope.InputNames(context).Select(name => KeyValuePair.Create(name, context.GetInput(name))), scope));
        if (context.Workflow is { } workflow)
        {
            scope.SetValue("CorrelationId", workflow.CorrelationId);
            scope.SetValue("WorkflowInstanceId", workflow.Id);
            scope.SetValue("WorkflowDefinitionId", workflow.Workflow.Identity.DefinitionId);
            scope.SetValue("WorkflowDefinitionVersion", workflow.Workflow.Identity.Version);
        }

        return await template.RenderAsync(scope);
    }

    private static DictionaryValue Map(IEnumerable<KeyValuePair<string, object?>> members, TemplateContext scope)
    {
        var values = new Dictionary<string, FluidValue>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in members)
            values[name] = FluidValue.Create(value is DateTimeOffset ? value : JavaScriptValues.FromClr(value), scope.Options);
        return new DictionaryValue(new FluidValueDictionaryFluidIndexable(values));
    }

    private IFluidTemplate Parse(string text)
    {
        if (_templates.TryGetValue(text, out var known))
            return known;
        if (!Parser.TryParse(text, out var template, out var error))
            throw new FormatException(error);
        if (_templates.Count >= CacheLimit)
            _templates.Clear();
        return _templates[text] = template;
    }
}
