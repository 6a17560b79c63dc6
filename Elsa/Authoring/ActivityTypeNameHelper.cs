using System.Reflection;
using Elsa.Workflows.Attributes;

namespace Elsa.Workflows.Helpers;

/// <summary>Derives the name of an activity type from its class.</summary>
public static class ActivityTypeNameHelper
{
    public static string? GenerateNamespace(Type activityType) =>
        activityType.GetCustomAttribute<ActivityAttribute>()?.Namespace ?? activityType.Namespace;

    public static string GenerateTypeName(Type type, string? ns)
    {
        var name = type.GetCustomAttribute<ActivityAttribute>()?.Type ?? type.Name.Split('`')[0];
        if (type.IsGenericType)
            name += $"<{string.Join(',', type.GenericTypeArguments.Select(argument => GenerateTypeName(argument, null)))}>";
        return ns != null ? $"{ns}.{name}" : name;
    }

    public static string GenerateTypeName<T>() where T : IActivity => GenerateTypeName(typeof(T));

    public static string GenerateTypeName(Type type) => Names.GetOrAdd(type, static t => GenerateTypeName(t, GenerateNamespace(t)));

    public static string? GetCategoryFromNamespace(string? ns) => string.IsNullOrWhiteSpace(ns) ? null : ns[(ns.LastIndexOf('.') + 1)..];

    internal static int VersionOf(Type type) => Versions.GetOrAdd(type, static t => t.GetCustomAttribute<ActivityAttribute>()?.Version ?? 1);

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, string> Names = new();
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, int> Versions = new();
}
