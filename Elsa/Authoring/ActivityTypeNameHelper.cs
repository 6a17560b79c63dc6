using System.Reflection;
using Elsa.Workflows.Attributes;

namespace Elsa.Workflows.Helpers;

/// <summary>Derives the name of an activity type from its class.</summary>
public static class ActivityTypeNameHelper
{
    /// <summary>The first part of the type's name: of its <see cref="ActivityAttribute"/>, else its CLR namespace.</summary>
    public static string? GenerateNamespace(Type activityType) =>
        activityType.GetCustomAttribute<ActivityAttribute>()?.Namespace ?? activityType.Namespace;

    /// <summary>The name within a given namespace, generic arguments included, as in <c>Acme.Map&lt;String&gt;</c>; without a namespace the last part alone.</summary>
    public static string GenerateTypeName(Type type, string? ns)
    {
        var name = type.GetCustomAttribute<ActivityAttribute>()?.Type ?? type.Name.Split('`')[0];
        if (type.IsGenericType)
            name += $"<{string.Join(',', type.GenericTypeArguments.Select(argument => GenerateTypeName(argument, null)))}>";
        return ns != null ? $"{ns}.{name}" : name;
    }

    /// <summary>The full name of an activity type, as definitions spell it.</summary>
    public static string GenerateTypeName<T>() where T : IActivity => GenerateTypeName(typeof(T));

    /// <summary>The full name of an activity type, as definitions spell it.</summary>
    public static string GenerateTypeName(Type type) => Names.GetOrAdd(type, static t => GenerateTypeName(t, GenerateNamespace(t)));

    /// <summary>The last part of a namespace, under which the designer lists a type that names no category; null when there is none.</summary>
    public static string? GetCategoryFromNamespace(string? ns) => string.IsNullOrWhiteSpace(ns) ? null : ns[(ns.LastIndexOf('.') + 1)..];

    internal static int VersionOf(Type type) => Versions.GetOrAdd(type, static t => t.GetCustomAttribute<ActivityAttribute>()?.Version ?? 1);

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, string> Names = new();
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, int> Versions = new();
}
