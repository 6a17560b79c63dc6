using System.Reflection;
using System.Text.Json.Serialization;
using Elsa.Definitions;

namespace Elsa.Workflows.Models;

/// <summary>What the designer and the engine know of a property of an activity type.</summary>
public abstract class PropertyDescriptor
{
    public string Name { get; set; } = null!;

    [JsonPropertyName("typeName")]
    public Type Type { get; set; } = null!;

    public string? DisplayName { get; set; }

    public string? Description { get; set; }

    public float Order { get; set; }

    public bool? IsBrowsable { get; set; } = true;

    public bool? IsSerializable { get; set; }

    /// <summary>True when no CLR property stands behind it.</summary>
    public bool IsSynthetic { get; set; }

    [JsonIgnore]
    public Func<IActivity, object?> ValueGetter { get; set; } = null!;

    [JsonIgnore]
    public Action<IActivity, object?> ValueSetter { get; set; } = null!;

    [JsonIgnore]
    public PropertyInfo? PropertyInfo { get; set; }
}

/// <inheritdoc />
public class InputDescriptor : PropertyDescriptor
{
    /// <summary>Whether the property is an <see cref="Input{T}"/> rather than a plain value.</summary>
    public bool IsWrapped { get; set; }

    public string UIHint { get; set; } = null!;

    public string? Category { get; set; }

    public object? DefaultValue { get; set; }

    public string? DefaultSyntax { get; set; }

    public bool? IsReadOnly { get; set; }

    public bool IsSensitive { get; set; }

    public bool AutoEvaluate { get; set; } = true;

    public IDictionary<string, object>? UISpecifications { get; set; }

    /// <summary>Where the choices of a list editor come from.</summary>
    [JsonIgnore]
    public IReadOnlyList<Type> UIHandlers { get; set; } = [];
}

/// <inheritdoc />
public class OutputDescriptor : PropertyDescriptor;

/// <summary>A slot for a child, or an outcome.</summary>
public class Port
{
    public string Name { get; set; } = null!;

    public string? DisplayName { get; set; }

    public PortType Type { get; set; }

    public bool IsBrowsable { get; set; } = true;
}

/// <summary>What the designer and the engine know of an activity type.</summary>
public class ActivityDescriptor
{
    public string TypeName { get; set; } = null!;

    public Type ClrType { get; set; } = null!;

    public string Namespace { get; set; } = null!;

    public string Name { get; set; } = null!;

    public int Version { get; set; }

    public string Category { get; set; } = null!;

    public string? DisplayName { get; set; }

    public string? Description { get; set; }

    public ICollection<InputDescriptor> Inputs { get; init; } = [];

    public ICollection<OutputDescriptor> Outputs { get; init; } = [];

    public ActivityKind Kind { get; set; } = ActivityKind.Action;

    public bool RunAsynchronously { get; set; }

    public ICollection<Port> Ports { get; set; } = [];

    public IDictionary<string, object> CustomProperties { get; set; } = new Dictionary<string, object>(StringComparer.Ordinal);

    public IDictionary<string, object> ConstructionProperties { get; set; } = new Dictionary<string, object>(StringComparer.Ordinal);

    public bool IsContainer { get; set; }

    public bool IsBrowsable { get; set; } = true;

    public bool IsStart { get; set; }

    public bool IsTerminal { get; set; }

    /// <summary>Set while this thread makes an object of the type: a definition that uses itself is unknown to itself.</summary>
    [JsonIgnore]
    internal bool IsBeingMade => DefinitionActivityDescriptor.IsBeingMade(this);

    /// <summary>A new object of the type.</summary>
    [JsonIgnore]
    internal Func<IActivity> Create { get; set; } = null!;

    /// <summary>The children of an object of the type.</summary>
    [JsonIgnore]
    internal Func<IActivity, IEnumerable<IActivity>> Children { get; set; } = null!;

    /// <summary>Properties the JSON carries that are neither inputs nor outputs: children, variables, settings.</summary>
    [JsonIgnore]
    internal IReadOnlyList<PlainProperty> PlainProperties { get; set; } = [];
}

/// <summary>A property that is written to JSON as it is.</summary>
internal sealed record PlainProperty(PropertyInfo Property, Func<IActivity, object?> Get, Action<IActivity, object?> Set);
