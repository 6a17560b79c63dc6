using System.Reflection;
using Elsa.Workflows;

namespace Elsa.Definitions;

/// <summary>Finds the methods that stored instances name.</summary>
internal static class ActivityMethods
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static T? Find<T>(IActivity activity, string name) where T : Delegate
    {
        var parameters = typeof(T).GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        for (var type = activity.GetType(); type != null; type = type.BaseType)
        {
            if (type.GetMethod(name, Declared, parameters) is { } method)
                return method.IsStatic ? method.CreateDelegate<T>() : method.CreateDelegate<T>(activity);
        }

        return null;
    }
}
