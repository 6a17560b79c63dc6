using System.Text.Json;
using Elsa.Expressions;
using Elsa.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Elsa.Definitions;

/// <summary>The incident strategies and storage drivers that are registered as services, and the names by which definitions know them.</summary>
internal sealed partial class RegisteredTypes(WellKnownTypeRegistry types, IServiceScopeFactory scopes, ILogger<RegisteredTypes> logger)
{
    private readonly Lazy<IReadOnlyList<Type>> _strategies = new(() => Registered<IIncidentStrategy>(scopes));
    private readonly Lazy<IReadOnlyList<Type>> _drivers = new(() => Registered<IStorageDriver>(scopes));

    /// <exception cref="JsonException">There is no strategy of the name.</exception>
    public Type? IncidentStrategy(string? name) => string.IsNullOrEmpty(name) ? null : Find(_strategies.Value, name) ?? throw new JsonException($"'{name}' is no type that can stand here.");

    /// <summary>Null also for a name that nobody registered: as in the original the value is then kept in memory only.</summary>
    public Type? StorageDriver(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return null;
        if (Find(_drivers.Value, name) is { } found)
            return found;
        if (LastPart(name) == "WorkflowStorageDriver")
            return typeof(WorkflowInstanceStorageDriver); // The former name of the same thing.
        LogUnknown(logger, name);
        return null;
    }

    /// <summary>An alias where there is one, the short name of the runtime's own, else the CLR name with its assembly.</summary>
    public string NameOf(Type type) => types.TryGetAlias(type, out var alias) ? alias : IsOwn(type) ? type.Name : $"{type.FullName}, {type.Assembly.GetName().Name}";

    private static bool IsOwn(Type type) => type.Assembly == typeof(RegisteredTypes).Assembly;

    private static string LastPart(string name) => name.Split(',')[0].Split('.')[^1].Trim();

    /// <summary>By alias, by CLR name with or without the assembly, or by the class's name alone where one type only has it; the runtime's own in any namespace.</summary>
    private Type? Find(IReadOnlyList<Type> candidates, string name)
    {
        if (types.TryGetType(name, out var known) && candidates.Contains(known))
            return known;
        var clrName = name.Split(',')[0].Trim();
        return candidates.FirstOrDefault(candidate => candidate.FullName == clrName)
            ?? (candidates.Where(candidate => candidate.Name == (IsOwn(candidate) ? LastPart(name) : clrName)).ToList() is [var only] ? only : null);
    }

    private static List<Type> Registered<T>(IServiceScopeFactory scopes) where T : notnull
    {
        var scope = scopes.CreateAsyncScope();
        try
        {
            return [.. scope.ServiceProvider.GetServices<T>().Select(service => service.GetType()).Distinct()];
        }
        finally
        {
            scope.DisposeAsync().AsTask().GetAwaiter().GetResult(); // Once in a host's life, and what a driver needs may be disposable in this way only.
        }
    }

    [LoggerMessage(LogLevel.Warning, "There is no storage driver '{Name}': variables that name it are lost at the first wait.")]
    private static partial void LogUnknown(ILogger logger, string name);
}
