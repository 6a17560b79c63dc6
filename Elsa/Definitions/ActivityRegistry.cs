using System.Collections.Concurrent;
using Elsa.Workflows;
using Elsa.Workflows.Models;

namespace Elsa.Definitions;

/// <summary>The activity types this host knows.</summary>
internal sealed class ActivityRegistry
{
    private readonly ConcurrentDictionary<string, ActivityDescriptor> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Name, int Version), ActivityDescriptor> _older = [];
    private readonly ConcurrentDictionary<Type, ActivityDescriptor> _byType = new();

    public ActivityRegistry(IEnumerable<Type> types)
    {
        foreach (var descriptor in types.Select(DescriptorOf).OrderBy(descriptor => descriptor.Version))
        {
            if (Find(descriptor.TypeName) is { } older && older.Version != descriptor.Version)
                _older[(older.TypeName, older.Version)] = older;
            Register(descriptor);
        }
    }

    /// <summary>The registered types by name, every version of each.</summary>
    public IEnumerable<ActivityDescriptor> List() =>
        _byName.Values.Concat(_older.Values).OrderBy(descriptor => descriptor.TypeName, StringComparer.Ordinal).ThenBy(descriptor => descriptor.Version);

    public void Register(ActivityDescriptor descriptor) => _byName[descriptor.TypeName] = descriptor;

    public void Unregister(string typeName) => _byName.TryRemove(typeName, out _);

    /// <summary>The newest version of a type.</summary>
    public ActivityDescriptor? Find(string typeName) => _byName.GetValueOrDefault(typeName);

    /// <summary>A version of a type; the newest where that one is not registered, or none is named.</summary>
    public ActivityDescriptor? Find(string typeName, int? version) =>
        version is { } number && _older.TryGetValue((typeName, number), out var older) ? older : Find(typeName);

    /// <summary>The type that a definition is as an activity, whatever its name is by now.</summary>
    public ActivityDescriptor? FindDefinition(string definitionId) => _byName.Values.FirstOrDefault(
        descriptor => descriptor.ConstructionProperties.TryGetValue("WorkflowDefinitionId", out var id) && id is string text && text == definitionId);

    /// <summary>The descriptor of an object's type, registered or not: code may use types that definitions cannot name.</summary>
    public ActivityDescriptor DescriptorOf(IActivity activity) =>
        activity is DefinitionActivity { Descriptor: { } own } ? own
        : Find(activity.Type, activity.Version) is { } descriptor && descriptor.ClrType == activity.GetType() ? descriptor
        : DescriptorOf(activity.GetType());

    public ActivityDescriptor DescriptorOf(Type type) => _byType.GetOrAdd(type, ActivityDescriber.Describe);
}
