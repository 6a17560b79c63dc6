using System.Reflection;
using System.Text.Json.Serialization;
using Elsa.Definitions;

namespace Elsa.Workflows.Models;

/// <summary>What the designer and the engine know of a property of an activity type.</summary>
public abstract class PropertyDescriptor
{
    /// <summary>The name in code; in JSON it begins with a small letter.</summary>
    public string Name { get; set; } = null!;

    /// <summary>What the value is, without the <see cref="Input{T}"/> or <c>Output</c> around it.</summary>
    [JsonPropertyName("typeName")]
    public Type Type { get; set; } = null!;

    /// <summary>The name in the designer.</summary>
    public string? DisplayName { get; set; }

    /// <summary>What the designer says of it.</summary>
    public string? Description { get; set; }

    /// <summary>Its place in the designer, from small to large.</summary>
    public float Order { get; set; }

    /// <summary>Whether the designer shows it.</summary>
    public bool? IsBrowsable { get; set; } = true;

    /// <summary>False keeps the value out of the history, and an output out of the stored state; null is true.</summary>
    public bool? IsSerializable { get; set; }

    /// <summary>True when no CLR property stands behind it.</summary>
    public bool IsSynthetic { get; set; }

    /// <summary>Reads the property of an activity.</summary>
    [JsonIgnore]
    public Func<IActivity, object?> ValueGetter { get; set; } = null!;

    /// <summary>Sets the property of an activity.</summary>
    [JsonIgnore]
    public Action<IActivity, object?> ValueSetter { get; set; } = null!;

    /// <summary>The property in code; null for one that is synthetic.</summary>
    [JsonIgnore]
    public PropertyInfo? PropertyInfo { get; set; }

    /// <summary>The property in JSON, but for the case of its first letter.</summary>
    internal string JsonName => IsSynthetic ? UsedNames.PropertyOf(Name) : Name;
}

/// <inheritdoc />
public class InputDescriptor : PropertyDescriptor
{
    /// <summary>Whether the property is an <see cref="Input{T}"/> rather than a plain value.</summary>
    public bool IsWrapped { get; set; }

    /// <summary>The designer's editor, one of <c>InputUIHints</c>.</summary>
    public string UIHint { get; set; } = null!;

    /// <summary>The tab or heading under which the designer shows it; null is none.</summary>
    public string? Category { get; set; }

    /// <summary>What the designer fills in; null is nothing.</summary>
    public object? DefaultValue { get; set; }

    /// <summary>The syntax that the designer begins with; null is Literal.</summary>
    public string? DefaultSyntax { get; set; }

    /// <summary>Whether the designer only shows it; null is false.</summary>
    public bool? IsReadOnly { get; set; }

    /// <summary>Whether the value may be a secret and is therefore kept out of the history.</summary>
    public bool IsSensitive { get; set; }

    /// <summary>False when the activity evaluates the input itself, as loops do.</summary>
    public bool AutoEvaluate { get; set; } = true;

    /// <summary>What the editor needs beside the value, by the editor's name: choices, a language.</summary>
    public IDictionary<string, object>? UISpecifications { get; set; }

    /// <summary>Where the choices of a list editor come from.</summary>
    [JsonIgnore]
    internal IReadOnlyList<Type> UIHandlers { get; set; } = [];
}

/// <inheritdoc />
public class OutputDescriptor : PropertyDescriptor;

/// <summary>A slot for a child, or an outcome.</summary>
public class Port
{
    /// <summary>What connections name as their source port.</summary>
    public string Name { get; set; } = null!;

    /// <summary>The name in the designer; null is <see cref="Name"/>.</summary>
    public string? DisplayName { get; set; }

    /// <summary>A slot for a child, or an outcome.</summary>
    public PortType Type { get; set; }

    /// <summary>Whether the designer draws it.</summary>
    public bool IsBrowsable { get; set; } = true;
}

/// <summary>What the designer and the engine know of an activity type.</summary>
public class ActivityDescriptor
{
    /// <summary>The name that definitions use, as in <c>Elsa.WriteLine</c>.</summary>
    public string TypeName { get; set; } = null!;

    /// <summary>The class behind it.</summary>
    public Type ClrType { get; set; } = null!;

    /// <summary>The first part of <see cref="TypeName"/>.</summary>
    public string Namespace { get; set; } = null!;

    /// <summary>The last part of <see cref="TypeName"/>.</summary>
    public string Name { get; set; } = null!;

    /// <summary>Of the type, from 1.</summary>
    public int Version { get; set; }

    /// <summary>The heading under which the designer lists it.</summary>
    public string Category { get; set; } = null!;

    /// <summary>The name in the designer; null is <see cref="Name"/>.</summary>
    public string? DisplayName { get; set; }

    /// <summary>What the designer says of it.</summary>
    public string? Description { get; set; }

    /// <summary>What it takes, in the order in which the designer shows it.</summary>
    public ICollection<InputDescriptor> Inputs { get; init; } = [];

    /// <summary>What it yields.</summary>
    public ICollection<OutputDescriptor> Outputs { get; init; } = [];

    /// <summary>How the designer draws it.</summary>
    public ActivityKind Kind { get; set; } = ActivityKind.Action;

    /// <summary>Kept for the designer; a burst runs nothing beside itself.</summary>
    public bool RunAsynchronously { get; set; }

    /// <summary>Slots and outcomes. Where no outcome is named and the type is not terminal, the designer draws "Done".</summary>
    public ICollection<Port> Ports { get; set; } = [];

    /// <summary>For designers; must be writable as JSON.</summary>
    public IDictionary<string, object> CustomProperties { get; set; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>Values that every new object of the type carries in its custom properties, such as the definition that an activity stands for.</summary>
    public IDictionary<string, object> ConstructionProperties { get; set; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>Whether it holds other activities.</summary>
    public bool IsContainer { get; set; }

    /// <summary>Whether the designer offers it.</summary>
    public bool IsBrowsable { get; set; } = true;

    /// <summary>Whether a flowchart begins with it.</summary>
    public bool IsStart { get; set; }

    /// <summary>Whether its container is complete after it.</summary>
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
