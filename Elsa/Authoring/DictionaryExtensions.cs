using Elsa.Expressions.Helpers;

namespace Elsa.Extensions;

/// <summary>Inputs, properties and other values by name, brought to a type.</summary>
public static class DictionaryExtensions
{
    /// <summary>The value of a key; false when there is none, or when it cannot become a <typeparamref name="T"/>.</summary>
    public static bool TryGetValue<T>(this IDictionary<string, object> dictionary, string key, out T value)
    {
        value = default!;
        if (!dictionary.TryGetValue(key, out var stored) || stored.TryConvertTo<T>() is not { IsSuccess: true } result)
            return false;
        value = (T)result.Value;
        return true;
    }

    /// <summary>The value of the first of several keys that is there; false when none is, or when it cannot become a <typeparamref name="T"/>.</summary>
    public static bool TryGetValue<T>(this IDictionary<string, object> dictionary, IEnumerable<string> keys, out T value)
    {
        value = default!;
        return keys.FirstOrDefault(dictionary.ContainsKey) is { } key && dictionary.TryGetValue<T>(key, out value);
    }

    /// <summary>The value of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static T? GetValue<T>(this IDictionary<string, object> dictionary, string key) => dictionary[key].ConvertTo<T>();

    /// <summary>The value of a key; the type's default when there is none.</summary>
    public static T? GetValueOrDefault<T>(this IDictionary<string, object> dictionary, string key) => dictionary.TryGetValue<T>(key, out var value) ? value : default;

    /// <summary>The value of a key; what <paramref name="defaultValueFactory"/> yields when there is none.</summary>
    public static T? GetValueOrDefault<T>(this IDictionary<string, object> dictionary, string key, Func<T?> defaultValueFactory) =>
        dictionary.TryGetValue<T>(key, out var value) ? value : defaultValueFactory();

    /// <summary>The value of the first of several keys that is there; what <paramref name="defaultValueFactory"/> yields when none is.</summary>
    public static T? GetValueOrDefault<T>(this IDictionary<string, object> dictionary, IEnumerable<string> keys, Func<T?> defaultValueFactory) =>
        dictionary.TryGetValue<T>(keys, out var value) ? value : defaultValueFactory();

    /// <summary>Adds a value under the name of its type, as <c>GetWorkflowInput&lt;T&gt;()</c> reads it.</summary>
    public static IDictionary<string, object> AddInput<T>(this IDictionary<string, object> dictionary, T value) where T : notnull => dictionary.AddInput(typeof(T).Name, value);

    /// <summary>Adds a value, and returns the dictionary.</summary>
    /// <exception cref="ArgumentException">There is one of the name.</exception>
    public static IDictionary<string, object> AddInput(this IDictionary<string, object> dictionary, string key, object value)
    {
        dictionary.Add(key, value);
        return dictionary;
    }

    /// <summary>Takes over all values of another dictionary; they replace those of the same keys.</summary>
    public static void Merge(this IDictionary<string, object> dictionary, IDictionary<string, object> other)
    {
        foreach (var (key, value) in other)
            dictionary[key] = value;
    }
}
