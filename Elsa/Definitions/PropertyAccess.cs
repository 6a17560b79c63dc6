using System.Linq.Expressions;
using System.Reflection;
using Elsa.Workflows;

namespace Elsa.Definitions;

/// <summary>Getters, setters and constructors as compiled delegates, so that nothing is reflected while a workflow runs.</summary>
internal static class PropertyAccess
{
    public static Func<IActivity, object?> Getter(PropertyInfo property)
    {
        var activity = Expression.Parameter(typeof(IActivity));
        var read = Expression.Property(Expression.Convert(activity, property.DeclaringType!), property);
        return Expression.Lambda<Func<IActivity, object?>>(Expression.Convert(read, typeof(object)), activity).Compile();
    }

    public static Action<IActivity, object?> Setter(PropertyInfo property)
    {
        if (property.GetSetMethod(nonPublic: true) is null)
            return (_, _) => throw new InvalidOperationException($"{property.DeclaringType}.{property.Name} cannot be set.");
        var activity = Expression.Parameter(typeof(IActivity));
        var value = Expression.Parameter(typeof(object));
        var write = Expression.Assign(Expression.Property(Expression.Convert(activity, property.DeclaringType!), property), Expression.Convert(value, property.PropertyType));
        return Expression.Lambda<Action<IActivity, object?>>(write, activity, value).Compile();
    }

    /// <summary>Takes the constructor with the fewest arguments, all of them optional: the ones that record the source line.</summary>
    public static Func<IActivity> Constructor(Type type)
    {
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(candidate => !type.IsAbstract && candidate.GetParameters().All(parameter => parameter.IsOptional))
            .MinBy(candidate => candidate.GetParameters().Length);
        if (constructor is null)
            return () => throw new InvalidOperationException($"{type} has no constructor without required arguments.");
        var arguments = constructor.GetParameters().Select(parameter => Expression.Constant(parameter.DefaultValue, parameter.ParameterType));
        return Expression.Lambda<Func<IActivity>>(Expression.New(constructor, arguments)).Compile();
    }
}
