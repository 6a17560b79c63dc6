using System.Collections.Concurrent;
using System.Reflection;
using Elsa.Expressions.Models;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Activities.Flowchart.Models;
using Elsa.Workflows.Models;

namespace TongBan.Workflows.Soundness;

/// <summary>An input of an activity.</summary>
/// <param name="Property">Its property; null for a condition that stands in a list.</param>
/// <param name="Type">The type that its value becomes.</param>
internal sealed record Part(string Name, Expression? Expression, PropertyInfo? Property, Type Type);

/// <summary>What an activity is made of, by the types of its properties: that holds for any activity, ours, Elsa's or another's.</summary>
internal static class Parts
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Known = new();

    /// <summary>The activities inside. A definition that is used as an activity was proved when it was published, so it is not looked into.</summary>
    public static IReadOnlyList<(string Slot, IActivity Activity)> Children(IActivity activity) =>
        activity is Composite and not Workflow ? [] : [.. Properties(activity).SelectMany(property => Children(property.Name, property.GetValue(activity)))];

    /// <summary>The inputs and conditions.</summary>
    public static IEnumerable<Part> Inputs(IActivity activity)
    {
        foreach (var property in Properties(activity))
        {
            switch (property.GetValue(activity))
            {
                case Input input:
                    yield return new(property.Name, input.Expression, property, input.Type);
                    break;
                case IEnumerable<FlowSwitchCase> cases:
                    foreach (var one in cases)
                        yield return new(one.Label, one.Condition, null, typeof(bool));
                    break;
                case IEnumerable<SwitchCase> cases:
                    foreach (var one in cases)
                        yield return new(one.Label, one.Condition, null, typeof(bool));
                    break;
                case IEnumerable<KeyValuePair<string, Input>> named:
                    foreach (var (name, input) in named)
                        yield return new(name, input.Expression, null, input.Type);
                    break;
            }
        }
    }

    private static IEnumerable<(string, IActivity)> Children(string slot, object? value) => value switch
    {
        IActivity child => [(slot, child)],
        IEnumerable<IActivity> children => children.Select(child => (slot, child)),
        IEnumerable<SwitchCase> cases => cases.Where(one => one.Activity is not null).Select(one => (one.Label, one.Activity!)),
        _ => [],
    };

    /// <summary>A flowchart's start is one of its activities, not another one.</summary>
    private static PropertyInfo[] Properties(IActivity activity) => Known.GetOrAdd(activity.GetType(), static type =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead && property.GetIndexParameters().Length == 0 && property.Name != "Start")]);
}
