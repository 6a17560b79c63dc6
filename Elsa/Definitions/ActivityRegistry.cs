using System.Collections.Concurrent;
using Elsa.Workflows;
using Elsa.Workflows.Models;

namespace Elsa.Definitions;

/// <summary>The activity types this host knows.</summary>
internal sealed class ActivityRegistry
{
    private readonly ConcurrentDictionary<string, ActivityDescriptor> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Type, ActivityDescriptor> _byType = new();

    public ActivityRegistry(IEnumerable<Type> types)
    {
        foreach (var type in types)
            Register(DescriptorOf(type));
    }

    /// <summary>The registered types, newest version of each, by name.</summary>
    public IEnumerable<ActivityDescriptor> List() => _byName.Values.OrderBy(descriptor => descriptor.TypeName, StringComparer.Ordinal);

    public void Register(ActivityDescriptor descriptor) => _byName[descriptor.TypeName] = descriptor;

    public void Unregister(string typeName) => _byName.TryRemove(typeName, out _);

    public ActivityDescriptor? Find(string typeName) => _byName.GetValueOrDefault(typeName);

    /// <summary>The descriptor of an object's type, registered or not: code may use types that definitions cannot name.</summary>
    public ActivityDescriptor DescriptorOf(IActivity activity) =>
        activity is DefinitionActivity { Descriptor: { } own } ? own
        : _byName.TryGetValue(activity.Type, out var descriptor) && descriptor.ClrType == activity.GetType() ? descriptor
        : DescriptorOf(activity.GetType());

    public ActivityDescriptor DescriptorOf(Type type) => _byType.GetOrAdd(type, ActivityDescriber.Describe);
}
