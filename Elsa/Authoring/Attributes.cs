using System.Runtime.CompilerServices;

namespace Elsa.Workflows.Attributes
{
    /// <summary>Says how an activity type is named and shown in the designer.</summary>
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Method)]
    public class ActivityAttribute : Attribute
    {
        /// <summary>Takes everything from the class: namespace, name, version 1.</summary>
        public ActivityAttribute()
        {
        }

        /// <summary>Sets the first part of the type's name, and how the designer lists and explains it.</summary>
        public ActivityAttribute(string @namespace, string? category, string? description = null) =>
            (Namespace, Category, Description) = (@namespace, category, description);

        /// <summary>Sets the first part of the type's name, which is also the heading in the designer.</summary>
        public ActivityAttribute(string @namespace, string? description = null) =>
            (Namespace, Category, Description) = (@namespace, @namespace, description);

        /// <summary>Sets the whole type name, <c>namespace.type</c>, and its version.</summary>
        public ActivityAttribute(string @namespace, string? type, int version = 1, string? description = null, string? category = null) =>
            (Namespace, Type, Version, Description, Category) = (@namespace, type, version, description, category);

        /// <summary>First part of the type name; null for the CLR namespace.</summary>
        public string? Namespace { get; set; }

        /// <summary>Last part of the type name; null for the class name.</summary>
        public string? Type { get; set; }

        /// <summary>Of the type: definitions keep the version that they were made with.</summary>
        public int Version { get; set; } = 1;

        /// <summary>What the designer says of it.</summary>
        public string? Description { get; set; }

        /// <summary>The name in the designer; null makes one of the name in code.</summary>
        public string? DisplayName { get; set; }

        /// <summary>The heading under which the designer lists it.</summary>
        public string? Category { get; set; }

        /// <summary>How the designer draws it.</summary>
        public ActivityKind Kind { get; set; } = ActivityKind.Action;

        /// <summary>Kept for definitions; a burst runs nothing beside itself.</summary>
        public bool RunAsynchronously { get; set; }
    }

    /// <summary>Says how an input is shown and evaluated.</summary>
    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
    public class InputAttribute : Attribute
    {
        /// <summary>The name in JSON and in the history; null for the property's.</summary>
        public string? Name { get; set; }

        /// <summary>The editor, one of <c>InputUIHints</c>; null picks one by type.</summary>
        public string? UIHint { get; set; }

        /// <summary>The name in the designer; null makes one of the name in code.</summary>
        public string? DisplayName { get; set; }

        /// <summary>What the designer says of it.</summary>
        public string? Description { get; set; }

        /// <summary>The tab or heading under which the designer shows it.</summary>
        public string? Category { get; set; }

        /// <summary>Fixed choices for a list editor.</summary>
        public object? Options { get; set; }

        /// <summary>Its place in the designer, from small to large.</summary>
        public float Order { get; set; }

        /// <summary>What the designer fills in.</summary>
        public object? DefaultValue { get; set; }

        /// <summary>A type that works the default value out.</summary>
        public Type? DefaultValueProvider { get; set; }

        /// <summary>The syntax that the designer begins with; null for Literal.</summary>
        public string? DefaultSyntax { get; set; }

        /// <summary>The syntaxes to choose from; null for all.</summary>
        public string[]? SupportedSyntaxes { get; set; }

        /// <summary>Whether the designer only shows it.</summary>
        public bool IsReadOnly { get; set; }

        /// <summary>Whether the designer shows it.</summary>
        public bool IsBrowsable { get; set; } = true;

        /// <summary>False when the activity evaluates the input itself.</summary>
        public bool AutoEvaluate { get; set; } = true;

        /// <summary>Of the original; inputs are evaluated by their syntax here.</summary>
        public Type? EvaluatorType { get; set; }

        /// <summary>False keeps the value out of the journal.</summary>
        public bool IsSerializable { get; set; } = true;

        /// <summary>True keeps the value out of the journal.</summary>
        public bool CanContainSecrets { get; set; }

        /// <summary>A type that works out what the editor needs, such as choices.</summary>
        public Type? UIHandler { get; set; }

        /// <summary>Several of these.</summary>
        public Type[]? UIHandlers { get; set; }
    }

    /// <summary>Says how an output is shown.</summary>
    [AttributeUsage(AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Method | AttributeTargets.ReturnValue)]
    public class OutputAttribute : Attribute
    {
        /// <summary>The name in JSON and in the history; null for the property's.</summary>
        public string? Name { get; set; }

        /// <summary>The name in the designer; null makes one of the name in code.</summary>
        public string? DisplayName { get; set; }

        /// <summary>What the designer says of it.</summary>
        public string? Description { get; set; }

        /// <summary>Whether the designer shows it.</summary>
        public bool IsBrowsable { get; set; } = true;

        /// <summary>False keeps the value out of the history and out of the stored state: it is there in its burst only.</summary>
        public bool IsSerializable { get; set; } = true;
    }

    /// <summary>Marks a property that holds a child activity.</summary>
    [AttributeUsage(AttributeTargets.Property)]
    public class PortAttribute : Attribute
    {
        /// <summary>A port of the property's own name.</summary>
        public PortAttribute([CallerMemberName] string? name = default) => (Name, DisplayName) = (name, name);

        /// <summary>A port of the name <paramref name="name"/>, shown as <paramref name="displayName"/>.</summary>
        public PortAttribute(string name, string displayName) => (Name, DisplayName) = (name, displayName);

        /// <summary>The name of the port.</summary>
        public string? Name { get; set; }

        /// <summary>The name of the port in the designer.</summary>
        public string? DisplayName { get; set; }
    }

    /// <summary>Leaves a property out of a stimulus's hash.</summary>
    [AttributeUsage(AttributeTargets.Property)]
    public class ExcludeFromHashAttribute : Attribute;
}

namespace Elsa.Workflows.Activities.Flowchart.Attributes
{
    /// <summary>Names the outcomes of an activity; the designer draws a port for each. Once some are named, "Done" is one only if it is among them.</summary>
    /// <param name="outcomes">Their names, in the order in which the designer draws them.</param>
    [AttributeUsage(AttributeTargets.Class)]
    public class FlowNodeAttribute(params string[] outcomes) : Attribute
    {
        /// <summary>The names of the outcomes.</summary>
        public ICollection<string> Outcomes { get; } = outcomes;
    }
}
