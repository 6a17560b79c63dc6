using System.Collections;
using System.Reflection;
using Elsa.Workflows;

namespace Elsa.Definitions;

/// <summary>An entry of a list that holds a child activity: the case of a switch.</summary>
internal interface IActivityHolder
{
    IActivity? Activity { get; }
}

/// <summary>Finds the children of an activity by the kinds of its properties.</summary>
internal static class ActivityChildren
{
    public static Func<IActivity, IEnumerable<IActivity>> Finder(IEnumerable<PropertyInfo> properties)
    {
        var readers = properties.Where(Holds).Select(PropertyAccess.Getter).ToArray();
        return readers.Length == 0 ? _ => [] : activity => readers.SelectMany(read => Unfold(read(activity)));
    }

    private static bool Holds(PropertyInfo property) =>
        typeof(IActivity).IsAssignableFrom(property.PropertyType)
        || Interfaces(property.PropertyType).Any(item => item.IsGenericType && item.GetGenericTypeDefinition() == typeof(IEnumerable<>)
            && (typeof(IActivity).IsAssignableFrom(item.GenericTypeArguments[0]) || typeof(IActivityHolder).IsAssignableFrom(item.GenericTypeArguments[0])));

    private static IEnumerable<Type> Interfaces(Type type) => type.IsInterface ? type.GetInterfaces().Append(type) : type.GetInterfaces();

    private static IEnumerable<IActivity> Unfold(object? value) => value switch
    {
        IActivity activity => [activity],
        IActivityHolder { Activity: { } activity } => [activity],
        IEnumerable many and not string => many.Cast<object?>().SelectMany(Unfold),
        _ => [],
    };
}
