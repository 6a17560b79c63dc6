using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Elsa.Expressions.Liquid;

/// <summary>A parsed template, or why there is none.</summary>
internal sealed record LiquidText(IFluidTemplate? Template, string? Error)
{
    private static readonly FluidParser Parser = new();

    public static LiquidText Parse(string text)
    {
        if (LiquidNesting.Of(text) > LiquidNesting.MostLevels)
            return new(null, $"The template is nested more than {LiquidNesting.MostLevels} levels deep.");
        return Parser.TryParse(text, out var template, out var error) ? new(new Bounds().VisitTemplate(template), null) : new(null, error);
    }

    /// <summary>Puts a bound to ranges: the parser's own are filled before anything counts steps.</summary>
    private sealed class Bounds : AstRewriter
    {
        /// <inheritdoc />
        protected override Expression VisitRangeExpression(RangeExpression rangeExpression) => new BoundedRange(rangeExpression);
    }

    private sealed class BoundedRange(RangeExpression range) : Expression
    {
        /// <inheritdoc />
        public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
        {
            var (from, to) = ((await range.From.EvaluateAsync(context)).ToNumberValue(), (await range.To.EvaluateAsync(context)).ToNumberValue());
            return to - from > LiquidLimits.MostItems
                ? throw new InvalidOperationException($"A range may hold {LiquidLimits.MostItems} numbers; this one goes from {from} to {to}.")
                : await range.EvaluateAsync(context);
        }
    }
}
