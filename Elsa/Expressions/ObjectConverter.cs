using System.Collections;
using System.ComponentModel;
using System.Dynamic;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Elsa.Common.Models;
using Elsa.Expressions.Contracts;
using Elsa.Expressions.Exceptions;

namespace Elsa.Expressions.Helpers;

/// <summary>What a conversion may use beside the value.</summary>
/// <param name="SerializerOptions">How JSON is read and written; null is camel case, whatever the case when reading, enumerations by name.</param>
/// <param name="WellKnownTypeRegistry">Of the original; not read here.</param>
/// <param name="DeserializeJsonObjectToObject">Of the original; not read here.</param>
/// <param name="StrictMode">True throws where a value cannot become the type; else the type's default is the outcome.</param>
public record ObjectConverterOptions(
    JsonSerializerOptions? SerializerOptions = null,
    IWellKnownTypeRegistry? WellKnownTypeRegistry = null,
    bool DeserializeJsonObjectToObject = false,
    bool? StrictMode = null);

/// <summary>
/// Brings a value to the type an input, output or variable declares. A text that is no number gives the type's default
/// rather than a fault, as authors of definitions expect; the recorded runs pin this down.
/// </summary>
public static class ObjectConverter
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = true,
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private static readonly JsonSerializerOptions JsonAsIs = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The value as a <typeparamref name="T"/>; null gives the type's default.</summary>
    /// <exception cref="JsonException">The value or its text is JSON that does not fit the type, or the type is one that JSON cannot hold. In strict mode also any other value that does not fit.</exception>
    public static T? ConvertTo<T>(this object? value, ObjectConverterOptions? converterOptions = null) => value switch
    {
        null => default,
        T same => same,
        _ => value.ConvertTo(typeof(T), converterOptions) is T converted ? converted : default,
    };

    /// <summary>The value in the given type, or the exception that the conversion ended with.</summary>
    public static Result TryConvertTo<T>(this object? value, ObjectConverterOptions? converterOptions = null) => value.TryConvertTo(typeof(T), converterOptions);

    /// <summary>The value in the given type, or the exception that the conversion ended with.</summary>
    public static Result TryConvertTo(this object? value, Type targetType, ObjectConverterOptions? converterOptions = null)
    {
        try
        {
            return new(true, value.ConvertTo(targetType, converterOptions), null);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidCastException or OverflowException)
        {
            return new(false, null, e);
        }
    }

    /// <summary>The value as a <paramref name="targetType"/>; null stays null.</summary>
    /// <exception cref="JsonException">The value or its text is JSON that does not fit the type, or the type is one that JSON cannot hold. In strict mode also any other value that does not fit.</exception>
    public static object? ConvertTo(this object? value, Type targetType, ObjectConverterOptions? converterOptions = null)
    {
        if (value is null || targetType.IsInstanceOfType(value))
            return value;
        var options = converterOptions?.SerializerOptions ?? Json;
        var target = Nullable.GetUnderlyingType(targetType) ?? targetType;
        try
        {
            return value switch
            {
                JsonElement element => FromElement(element, target, options),
                JsonArray nodes when ItemOf(target) == typeof(object) && ToCollection(nodes, target) is { } list => list, // The nodes stay nodes.
                JsonNode node => FromElement(node.Deserialize<JsonElement>(), target, options),
                string text => FromText(text, target, options),
                _ => FromObject(value, target, options),
            };
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException && converterOptions?.StrictMode != true)
        {
            return targetType.IsValueType ? Activator.CreateInstance(targetType) : null;
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException or NotSupportedException or ArgumentException or TypeLoadException or IOException)
        {
            throw new TypeConversionException($"A {value.GetType().Name} cannot become a {targetType.Name}: {e.Message}", value, targetType, e);
        }
        catch (JsonException e) when (value is string)
        {
            throw new TypeConversionException(e.Message, value, targetType, e);
        }
    }

    private static object? FromElement(JsonElement element, Type target, JsonSerializerOptions options) => element.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String when target != typeof(JsonElement) => element.GetString().ConvertTo(target),
        _ when target == typeof(string) => element.ToString(),
        JsonValueKind.True or JsonValueKind.False => FromObject(element.GetBoolean(), target, options),
        JsonValueKind.Number => FromObject(element.TryGetInt64(out var whole) ? whole : element.GetDouble(), target, options),
        _ when target == typeof(object) => JsonValues.Read(element),
        _ => element.Deserialize(target, options),
    };

    private static object? FromText(string text, Type target, JsonSerializerOptions options)
    {
        if (target == typeof(byte[]))
            return Convert.FromBase64String(text);
        if (!target.IsPrimitive && text.AsSpan().TrimStart() is ['{' or '[', ..])
            return JsonSerializer.Deserialize(text, target, options);
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (target.IsEnum)
            return Enum.TryParse(target, text, ignoreCase: true, out var named) ? named : throw new FormatException($"'{text}' is no {target.Name}.");
        if (target == typeof(bool))
            return bool.Parse(text);
        if (target == typeof(DateTimeOffset))
            return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if (target == typeof(DateTime))
            return DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        if (target == typeof(Type))
            return Type.GetType(text);
        if (target.IsAssignableFrom(typeof(List<string>)))
            return new List<string> { text };
        if (ToCollection(text, target) is { } letters)
            return letters; // As in the original, where a text is a list of letters.
        var converter = TypeDescriptor.GetConverter(target);
        return converter.CanConvertFrom(typeof(string)) && converter.IsValid(text)
            ? converter.ConvertFromInvariantString(text)
            : Convert.ChangeType(text, target, CultureInfo.InvariantCulture);
    }

    private static object? FromObject(object value, Type target, JsonSerializerOptions options)
    {
        if (target.IsInstanceOfType(value))
            return value;
        if (target == typeof(string))
            return ToText(value);
        if (target.IsEnum && value is IConvertible)
            return Enum.ToObject(target, Convert.ToInt64(value, CultureInfo.InvariantCulture));
        if (Dates(value, target) is { } date)
            return date;
        if (value is not IConvertible && target.IsValueType && typeof(IConvertible).IsAssignableFrom(target))
            throw new InvalidCastException($"It is no {target.Name}.");
        if (value is IDictionary<string, object?> map)
            return FromMap(map, target, options);
        if (value is IEnumerable items and not string && ToCollection(items, target) is { } collection)
            return collection;
        return value is IConvertible
            ? Convert.ChangeType(value, target, CultureInfo.InvariantCulture)
            : JsonSerializer.SerializeToElement(value, value.GetType(), options).Deserialize(target, options);
    }

    private static string? ToText(object value) => value switch
    {
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("d", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("G", CultureInfo.InvariantCulture),
        DateTimeOffset moment => JsonSerializer.SerializeToElement(moment).GetString(),
        Enum named => named.ToString(),
        Delegate or Type => value.ToString(),
        IFormattable or IConvertible => TypeDescriptor.GetConverter(value).ConvertToInvariantString(value),
        _ => JsonSerializer.Serialize(value, value.GetType(), JsonAsIs),
    };

    private static object? Dates(object value, Type target) => value switch
    {
        DateTimeOffset moment when target == typeof(DateTime) => moment.DateTime,
        DateTimeOffset moment when target == typeof(DateOnly) => DateOnly.FromDateTime(moment.DateTime),
        DateTime time when target == typeof(DateTimeOffset) => new DateTimeOffset(time),
        DateTime time when target == typeof(DateOnly) => DateOnly.FromDateTime(time),
        DateOnly day when target == typeof(DateTime) => day.ToDateTime(TimeOnly.MinValue),
        DateOnly day when target == typeof(DateTimeOffset) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
        _ => null,
    };

    private static object? FromMap(IDictionary<string, object?> map, Type target, JsonSerializerOptions options)
    {
        if (target.IsAssignableFrom(typeof(Dictionary<string, object?>)))
            return new Dictionary<string, object?>(map, StringComparer.Ordinal);
        return target == typeof(ExpandoObject)
            ? JsonValues.ToExpando(map)
            : JsonSerializer.SerializeToElement(map, JsonAsIs).Deserialize(target, options);
    }

    private static Type? ItemOf(Type collection) =>
        collection.IsArray ? collection.GetElementType() : collection is { IsGenericType: true, GenericTypeArguments: [var item] } ? item : null;

    private static IEnumerable? ToCollection(IEnumerable items, Type target)
    {
        if (ItemOf(target) is not { } item)
            return null;
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        foreach (var element in items)
            list.Add(element.ConvertTo(item) ?? (item.IsValueType ? Activator.CreateInstance(item) : null));
        if (target.IsArray)
        {
            var array = Array.CreateInstance(item, list.Count);
            list.CopyTo(array, 0);
            return array;
        }

        if (target.IsInstanceOfType(list))
            return list;
        var set = typeof(HashSet<>).MakeGenericType(item);
        return target.IsAssignableFrom(set) ? (IEnumerable)set.GetConstructor(BindingFlags.Public | BindingFlags.Instance, [typeof(IEnumerable<>).MakeGenericType(item)])!.Invoke([list]) : null;
    }
}
