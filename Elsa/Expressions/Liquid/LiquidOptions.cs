using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Fluid;
using Fluid.Values;

namespace Elsa.Expressions.Liquid;

/// <summary>The filters of templates, Elsa's own <c>base64</c> and <c>keys</c> among them, each within the limits.</summary>
internal static class LiquidOptions
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static TemplateOptions Create(TimeProvider time, int mostSteps)
    {
        var options = new TemplateOptions
        {
            MaxSteps = mostSteps,
            Now = time.GetLocalNow,
            CultureInfo = CultureInfo.InvariantCulture,
            JsonSerializerOptions = Json,
            Assigned = (_, value, context) => Checked(value, context),
            Captured = (_, value, context) => Checked(value, context),
        };
        options.MemberAccessStrategy.Register<LiquidNames, object?>((names, name) => LiquidValues.ToLiquid(names.Find(name)));
        options.Filters.AddFilter("base64", (input, _, _) => new(Base64(input)));
        options.Filters.AddFilter("keys", (input, _, _) => new(Keys(input)));
        foreach (var (name, filter) in options.Filters.ToList())
            options.Filters.AddFilter(name, (input, arguments, context) => Filter(filter, input, arguments, context));
        return options;
    }

    private static async ValueTask<FluidValue> Filter(FilterDelegate filter, FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        LiquidLimits.Check(input, context);
        var output = await filter(input, arguments, context);
        LiquidLimits.Check(output, context);
        return output;
    }

    private static ValueTask<FluidValue> Checked(FluidValue value, TemplateContext context)
    {
        LiquidLimits.Check(value, context);
        return new(value);
    }

    private static FluidValue Base64(FluidValue input) => Text(input) is { } text ? StringValue.Create(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))) : NilValue.Instance;

    private static string? Text(FluidValue input) => input.Type switch
    {
        FluidValues.Nil => null,
        FluidValues.String => input.ToStringValue(),
        FluidValues.Boolean => input.ToBooleanValue().ToString(),
        FluidValues.Number => input.ToNumberValue().ToString(CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(input.ToObjectValue(), Json),
    };

    private static ArrayValue Keys(FluidValue input) => input.ToObjectValue() is IFluidIndexable map
        ? new ArrayValue([.. map.Keys.Select(StringValue.Create)])
        : throw new InvalidOperationException("The filter 'keys' is for objects.");
}
