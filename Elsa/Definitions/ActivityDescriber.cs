using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Serialization;
using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Attributes;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Helpers;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Elsa.Definitions;

/// <summary>Derives the descriptor of an activity type from its class and attributes.</summary>
internal static class ActivityDescriber
{
    private static readonly HashSet<string> SmallWords = new(StringComparer.Ordinal) { "A", "An", "The", "And", "As", "But", "Nor", "Or", "At", "By", "For", "In", "Of", "Off", "On", "To", "Up", "Via" };

    public static ActivityDescriptor Describe(Type type)
    {
        var attribute = type.GetCustomAttribute<ActivityAttribute>();
        var properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.GetIndexParameters().Length == 0 && property.DeclaringType != typeof(Activity))
            .GroupBy(property => property.Name, StringComparer.Ordinal).Select(group => group.First()).ToList();
        var ns = ActivityTypeNameHelper.GenerateNamespace(type);
        var category = attribute?.Category ?? type.GetCustomAttribute<CategoryAttribute>()?.Category ?? ActivityTypeNameHelper.GetCategoryFromNamespace(ns) ?? "Miscellaneous";
        return new ActivityDescriptor
        {
            TypeName = ActivityTypeNameHelper.GenerateTypeName(type),
            ClrType = type,
            Namespace = ns ?? "",
            Name = attribute?.Type ?? type.Name.Split('`')[0],
            Version = ActivityTypeNameHelper.VersionOf(type),
            Category = category,
            DisplayName = attribute?.DisplayName ?? type.GetCustomAttribute<DisplayNameAttribute>()?.DisplayName ?? Humanize(attribute?.Type ?? type.Name),
            Description = attribute?.Description ?? type.GetCustomAttribute<DescriptionAttribute>()?.Description,
            Kind = attribute?.Kind is { } kind && kind != ActivityKind.Action ? kind : typeof(ITrigger).IsAssignableFrom(type) ? ActivityKind.Trigger : ActivityKind.Action,
            RunAsynchronously = attribute?.RunAsynchronously ?? false,
            Inputs = [.. properties.Where(IsInput).Select(DescribeInput)],
            Outputs = [.. properties.Where(IsOutput).Select(DescribeOutput)],
            Ports = [.. Ports(type, properties)],
            IsContainer = typeof(Elsa.Workflows.Activities.Container).IsAssignableFrom(type),
            IsBrowsable = type.GetCustomAttribute<BrowsableAttribute>()?.Browsable ?? true,
            IsStart = typeof(IStartNode).IsAssignableFrom(type),
            IsTerminal = typeof(ITerminalNode).IsAssignableFrom(type),
            Create = PropertyAccess.Constructor(type),
            Children = ActivityChildren.Finder(properties),
            PlainProperties = [.. properties.Where(IsPlain).Select(property => new PlainProperty(property, PropertyAccess.Getter(property), PropertyAccess.Setter(property)))],
        };
    }

    public static string Humanize(string name)
    {
        var text = new System.Text.StringBuilder(name.Length + 4);
        foreach (var (index, letter) in name.Split('`')[0].Index())
        {
            if (index > 0 && char.IsUpper(letter) && (!char.IsUpper(name[index - 1]) || (index + 1 < name.Length && char.IsLower(name[index + 1]))))
                text.Append(' ');
            text.Append(letter);
        }

        // As in a title: small words are small, except as the first.
        return string.Join(' ', text.ToString().Split(' ').Select((word, index) => index > 0 && SmallWords.Contains(word) ? word.ToLowerInvariant() : word));
    }

    private static bool IsInput(PropertyInfo property) =>
        typeof(Input).IsAssignableFrom(property.PropertyType) || (property.IsDefined(typeof(InputAttribute)) && !typeof(Output).IsAssignableFrom(property.PropertyType));

    private static bool IsOutput(PropertyInfo property) => typeof(Output).IsAssignableFrom(property.PropertyType);

    private static bool IsPlain(PropertyInfo property) =>
        !IsInput(property) && !IsOutput(property) && property.SetMethod != null && !property.IsDefined(typeof(JsonIgnoreAttribute));

    private static InputDescriptor DescribeInput(PropertyInfo property)
    {
        var attribute = property.GetCustomAttribute<InputAttribute>();
        var wrapped = typeof(Input).IsAssignableFrom(property.PropertyType);
        var type = wrapped && property.PropertyType.IsGenericType ? property.PropertyType.GenericTypeArguments[0] : wrapped ? typeof(object) : property.PropertyType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        var hint = attribute?.UIHint ?? HintFor(type);
        return new InputDescriptor
        {
            Name = attribute?.Name ?? property.Name,
            DisplayName = attribute?.DisplayName ?? Humanize(property.Name),
            Description = attribute?.Description ?? property.GetCustomAttribute<DescriptionAttribute>()?.Description,
            Type = type,
            Category = attribute?.Category,
            Order = attribute?.Order ?? 0,
            DefaultValue = attribute?.DefaultValueProvider is { } provider ? DefaultOf(provider, property) : attribute?.DefaultValue is Enum named ? named.ToString() : attribute?.DefaultValue,
            DefaultSyntax = attribute?.DefaultSyntax,
            UIHint = hint,
            UIHandlers = [.. attribute?.UIHandlers ?? [], .. attribute?.UIHandler is { } handler ? [handler] : Array.Empty<Type>()],
            UISpecifications = InputChoices.Of(type, attribute, hint),
            IsWrapped = wrapped,
            IsReadOnly = attribute?.IsReadOnly ?? false,
            IsSensitive = attribute?.CanContainSecrets ?? false,
            IsBrowsable = attribute?.IsBrowsable ?? property.GetCustomAttribute<BrowsableAttribute>()?.Browsable ?? true,
            IsSerializable = attribute?.IsSerializable ?? true,
            AutoEvaluate = attribute?.AutoEvaluate ?? true,
            PropertyInfo = property,
            ValueGetter = PropertyAccess.Getter(property),
            ValueSetter = PropertyAccess.Setter(property),
        };
    }

    private static OutputDescriptor DescribeOutput(PropertyInfo property)
    {
        var attribute = property.GetCustomAttribute<OutputAttribute>();
        var type = property.PropertyType.IsGenericType ? property.PropertyType.GenericTypeArguments[0] : typeof(object);
        return new OutputDescriptor
        {
            Name = attribute?.Name ?? property.Name,
            DisplayName = attribute?.DisplayName ?? Humanize(property.Name),
            Description = attribute?.Description ?? property.GetCustomAttribute<DescriptionAttribute>()?.Description,
            Type = Nullable.GetUnderlyingType(type) ?? type,
            IsBrowsable = attribute?.IsBrowsable ?? true,
            IsSerializable = property.Name == "Result" ? property.ReflectedType!.GetCustomAttribute<OutputAttribute>()?.IsSerializable : attribute?.IsSerializable,
            PropertyInfo = property,
            ValueGetter = PropertyAccess.Getter(property),
            ValueSetter = PropertyAccess.Setter(property),
        };
    }

    private static IEnumerable<Port> Ports(Type type, List<PropertyInfo> properties)
    {
        foreach (var property in properties.Where(property => typeof(IActivity).IsAssignableFrom(property.PropertyType)))
        {
            var attribute = property.GetCustomAttribute<PortAttribute>();
            yield return new Port
            {
                Name = attribute?.Name ?? property.Name,
                DisplayName = attribute?.DisplayName ?? property.Name,
                Type = PortType.Embedded,
                IsBrowsable = property.GetCustomAttribute<BrowsableAttribute>()?.Browsable ?? true,
            };
        }

        foreach (var outcome in type.GetCustomAttribute<FlowNodeAttribute>()?.Outcomes ?? [])
            yield return new Port { Name = outcome, DisplayName = outcome, Type = PortType.Flow };
    }

    private static object? DefaultOf(Type provider, PropertyInfo property)
    {
        var instance = typeof(IActivity).IsAssignableFrom(provider) ? PropertyAccess.Constructor(provider)() : Activator.CreateInstance(provider);
        return (instance as IActivityPropertyDefaultValueProvider)?.GetDefaultValue(property) is { } value ? value is TimeSpan span ? span.ToString() : value : null;
    }

    private static string HintFor(Type type)
    {
        if (type == typeof(bool))
            return InputUIHints.Checkbox;
        if (type.IsEnum)
            return InputUIHints.DropDown;
        if (type == typeof(Elsa.Workflows.Memory.Variable))
            return InputUIHints.VariablePicker;
        if (type == typeof(Type))
            return InputUIHints.TypePicker;
        return type != typeof(string) && type.IsGenericType && typeof(System.Collections.IEnumerable).IsAssignableFrom(type) ? InputUIHints.DropDown : InputUIHints.SingleLine;
    }
}
