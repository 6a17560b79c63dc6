using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using Elsa.Expressions.Helpers;
using Fluid;
using Fluid.Values;

namespace Elsa.Expressions.Liquid;

/// <summary>Values by name, looked up when a template names them.</summary>
internal sealed record LiquidNames(Func<string, object?> Find);

/// <summary>Values on their way to a template.</summary>
internal static class LiquidValues
{
    public static FluidValue Of(object? value, TemplateOptions options) => value is null ? NilValue.Instance : FluidValue.Create(value, options);

    /// <summary>JSON and objects of classes become maps, so that their members can be named.</summary>
    public static object? ToLiquid(object? value) => value switch
    {
        null or string or IConvertible or IFormattable => value is Enum named ? named.ToString() : value,
        JsonElement element => JsonValues.Read(element),
        JsonNode node => JsonValues.Read(JsonSerializer.SerializeToElement(node)),
        IDictionary<string, object?> map => map.ToDictionary(member => member.Key, member => ToLiquid(member.Value), StringComparer.Ordinal),
        IEnumerable items => items.Cast<object?>().Select(ToLiquid).ToList(),
        Stream or Delegate => null,
        _ => ToLiquid(JsonSerializer.SerializeToElement(value, value.GetType(), JsonValues.NamedEnums)),
    };
}
