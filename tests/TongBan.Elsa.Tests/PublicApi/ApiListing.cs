using System.Reflection;
using System.Runtime.CompilerServices;

namespace TongBan.Elsa.Tests.PublicApi;

/// <summary>What others can compile against: one line for each public type, and for each member that is public or protected.</summary>
internal static class ApiListing
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string[] Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes().SelectMany(type => Members(type).Prepend(Header(type))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string Header(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : typeof(Delegate).IsAssignableFrom(type) ? "delegate" : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        var bases = type.IsEnum || type.BaseType is null || type.BaseType == typeof(object) ? "" : " : " + Name(type.BaseType);
        return $"{Name(type)} ({kind}{bases})";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{Name(type)}.{name}");
        var methods = type.GetMethods(Declared).Where(method => IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !IsGenerated(method))
            .Select(method => $"{Name(type)}.{method.Name}{Generic(method)}({Parameters(method)}) : {Name(method.ReturnType)}");
        var constructors = type.GetConstructors(Declared).Where(constructor => IsVisible(constructor) && !constructor.IsStatic).Select(constructor => $"{Name(type)}.new({Parameters(constructor)})");
        var properties = type.GetProperties(Declared).Where(property => property.GetAccessors(nonPublic: true).Any(IsVisible) && !IsGenerated(property))
            .Select(property => $"{Name(type)}.{property.Name} {{{(property.GetMethod is { } get && IsVisible(get) ? " get;" : "")}{(property.SetMethod is { } set && IsVisible(set) ? " set;" : "")} }} : {Name(property.PropertyType)}");
        var fields = type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily).Select(field => $"{Name(type)}.{field.Name}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")} : {Name(field.FieldType)}");
        return [.. methods, .. constructors, .. properties, .. fields];
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    /// <summary>What the compiler adds to records.</summary>
    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute)) || member.Name is "EqualityContract" or "PrintMembers" or "<Clone>$";

    private static string Generic(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.IsOptional ? "?" : "")}"));

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name;
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (type.IsByRef)
            return "ref " + Name(type.GetElementType()!);
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Name(underlying) + "?";
        var name = type.Namespace?.StartsWith("Elsa", StringComparison.Ordinal) == true ? type.FullName ?? $"{type.Namespace}.{type.Name}" : type.Name;
        var plain = name.Split('[')[0];
        return type.IsGenericType ? $"{plain.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : plain;
    }
}
