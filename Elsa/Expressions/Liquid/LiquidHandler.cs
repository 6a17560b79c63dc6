using System.Collections.Concurrent;
using System.Text;
using Elsa.Execution;
using Elsa.Expressions.Contracts;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Fluid;
using Fluid.Values;

namespace Elsa.Expressions.Liquid;

/// <summary>
/// Liquid by Fluid: texts with variables, inputs and filters. As in the original, the parser's words about a template that
/// is wrong become the text; the gate refuses such a template before it is published.
/// </summary>
internal sealed class LiquidHandler(TimeProvider time) : IExpressionHandler
{
    private const int CacheLimit = 1000;
    private const int MostSteps = 100_000;
    private readonly ConcurrentDictionary<string, LiquidText> _texts = new(StringComparer.Ordinal);
    private readonly TemplateOptions _options = LiquidOptions.Create(time, MostSteps);

    public async ValueTask<object?> EvaluateAsync(Expression expression, Type returnType, ExpressionExecutionContext context, ExpressionEvaluatorOptions options)
    {
        var text = expression.Value.ConvertTo<string>();
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var parsed = Parse(text);
        return parsed.Template is { } template ? await RenderAsync(template, context) : $"\n{parsed.Error}\n";
    }

    private async Task<string> RenderAsync(IFluidTemplate template, ExpressionExecutionContext context)
    {
        var globals = new TemplateContext(_options);
        LiquidLimits.Begin(globals, time);
        globals.SetValue("Variables", LiquidValues.Of(new LiquidNames(name => Variable(context, name)), _options));
        globals.SetValue("Input", LiquidValues.Of(new LiquidNames(name => Input(context, name)), _options));
        if (context.Workflow is { } workflow)
        {
            globals.SetValue("CorrelationId", LiquidValues.Of(workflow.CorrelationId, _options));
            globals.SetValue("WorkflowInstanceId", workflow.Id);
            globals.SetValue("WorkflowDefinitionId", workflow.Workflow.Identity.DefinitionId);
            globals.SetValue("WorkflowDefinitionVersionId", workflow.Workflow.Identity.Id);
            globals.SetValue("WorkflowDefinitionVersion", NumberValue.Create(workflow.Workflow.Identity.Version));
        }

        var text = new StringBuilder();
        await using (var writer = new LimitedWriter(text))
            await template.RenderAsync(writer, NullEncoder.Default, globals);
        return text.ToString();
    }

    private static object? Variable(ExpressionExecutionContext context, string name) =>
        VariableScope.Enumerate(context).FirstOrDefault(variable => string.Equals(variable.Name, name, StringComparison.Ordinal)) is { } variable && context.TryGet(variable, out var value) ? value : null;

    private static object? Input(ExpressionExecutionContext context, string name) =>
        context.Activity?.ActivityInput.TryGetValue(name, out var own) == true ? own : context.GetInput(name);

    private LiquidText Parse(string text)
    {
        if (_texts.TryGetValue(text, out var known))
            return known;
        if (_texts.Count >= CacheLimit)
            _texts.Clear();
        return _texts[text] = LiquidText.Parse(text);
    }
}
