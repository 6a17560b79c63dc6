using System.Runtime.CompilerServices;

namespace Elsa.Workflows.Attributes
{
    /// <summary>Says how an activity type is named and shown in the designer.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Method)]
    public class ActivityAttribute : Attribute
    {
        public ActivityAttribute()
        {
        }

        public ActivityAttribute(string @namespace, string? category, string? description = null) =>
            (Namespace, Category, Description) = (@namespace, category, description);

        public ActivityAttribute(string @namespace, string? description = null) =>
            (Namespace, Category, Description) = (@namespace, @namespace, description);

        public ActivityAttribute(string @namespace, string? type, int version = 1, string? description = null, string? category = null) =>
            (Namespace, Type, Version, Description, Category) = (@namespace, type, version, description, category);

        /// <summary>First part of the type name; null for the CLR namespace.</summary>
        public string? Namespace { get; set; }

        /// <summary>Last part of the type name; null for the class name.</summary>
        public string? Type { get; set; }

        public int Version { get; set; } = 1;

        public string? Description { get; set; }

        public string? DisplayName { get; set; }

        /// <summary>The heading under which the designer lists it.</summary>
        public string? Category { get; set; }

        public ActivityKind Kind { get; set; } = ActivityKind.Action;

        public bool RunAsynchronously { get; set; }
    }

    /// <summary>Says how an input is shown and evaluated.</summary>
    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
    public class InputAttribute : Attribute
    {
        public string? Name { get; set; }

        /// <summary>The editor, one of <c>InputUIHints</c>; null picks one by type.</summary>
        public string? UIHint { get; set; }

        public string? DisplayName { get; set; }

        public string? Description { get; set; }

        public string? Category { get; set; }

        /// <summary>Fixed choices for a list editor.</summary>
        public object? Options { get; set; }

        public float Order { get; set; }

        public object? DefaultValue { get; set; }

        public Type? DefaultValueProvider { get; set; }

        public string? DefaultSyntax { get; set; }

        public string[]? SupportedSyntaxes { get; set; }

        public bool IsReadOnly { get; set; }

        public bool IsBrowsable { get; set; } = true;

        /// <summary>False when the activity evaluates the input itself.</summary>
        public bool AutoEvaluate { get; set; } = true;

        public Type? EvaluatorType { get; set; }

        /// <summary>False keeps the value out of the journal.</summary>
        public bool IsSerializable { get; set; } = true;

        /// <summary>True keeps the value out of the journal.</summary>
        public bool CanContainSecrets { get; set; }

        public Type? UIHandler { get; set; }

        public Type[]? UIHandlers { get; set; }
    }

    /// <summary>Says how an output is shown.</summary>
    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Method | AttributeTargets.ReturnValue)]
    public class OutputAttribute : Attribute
    {
        public string? Name { get; set; }

        public string? DisplayName { get; set; }

        public string? Description { get; set; }

        public bool IsBrowsable { get; set; } = true;

        public bool IsSerializable { get; set; } = true;
    }

    /// <summary>Marks a property that holds a child activity.</summary>
    [AttributeUsage(AttributeTargets.Property)]
    public class PortAttribute : Attribute
    {
        public PortAttribute([CallerMemberName] string? name = default) => (Name, DisplayName) = (name, name);

        public PortAttribute(string name, string displayName) => (Name, DisplayName) = (name, displayName);

        public string? Name { get; set; }

        public string? DisplayName { get; set; }
    }

    /// <summary>Leaves a property out of a stimulus's hash.</summary>
    [AttributeUsage(AttributeTargets.Property)]
    public class ExcludeFromHashAttribute : Attribute;
}

namespace Elsa.Workflows.Activities.Flowchart.Attributes
{
    /// <summary>Names the outcomes of an activity; the designer draws a port for each.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public class FlowNodeAttribute(params string[] outcomes) : Attribute
    {
        public ICollection<string> Outcomes { get; } = outcomes;
    }
}
