using System.ComponentModel;
using Elsa.Execution;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;

namespace Elsa.Definitions;

/// <summary>
/// A definition used as an activity of another. It is pinned to a version when the other is saved, so that the running
/// instances of the other do not change under their feet.
/// </summary>
[Browsable(false)]
[Activity("Elsa.Workflows.Management.Activities.WorkflowDefinitionActivity", "WorkflowDefinitionActivity")]
internal sealed class DefinitionActivity() : Composite(null, null), IDefinitionActivity
{
    public string WorkflowDefinitionId { get; set; } = null!;

    public string WorkflowDefinitionVersionId { get; set; } = null!;

    /// <summary>What Studio offers to move to; whoever writes the activity looks it up.</summary>
    public int LatestAvailablePublishedVersion { get; set; }

    /// <summary>The id of <see cref="LatestAvailablePublishedVersion"/>.</summary>
    public string? LatestAvailablePublishedVersionId { get; set; }

    /// <summary>Of the version it is pinned to; the registry holds the published one.</summary>
    public ActivityDescriptor? Descriptor { get; set; }

    public Dictionary<string, Input> InputValues { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Output> OutputTargets { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string> InputNames { get; set; } = [];

    public IEnumerable<string> OutputNames { get; set; } = [];

    public IDictionary<string, object> DefinitionProperties { get; set; } = new Dictionary<string, object>(StringComparer.Ordinal);

    public bool TryGetInput(ActivityExecutionContext own, string name, out object? value)
    {
        value = null;
        own.ActivityNode.Inputs.FirstOrDefault(input => string.Equals(input.Name, UsedNames.Of(name), StringComparison.OrdinalIgnoreCase))?.TryRead(own, out value);
        return InputNames.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    public void SetOutput(ActivityExecutionContext own, string name, object? value) => own.Set(OutputTargets.GetValueOrDefault(name), value, UsedNames.Of(name));
}

/// <summary>Describes definitions as activity types.</summary>
internal static class DefinitionActivityDescriptor
{
    [ThreadStatic]
    private static HashSet<ActivityDescriptor>? _beingMade;

    private static readonly string[] Kept =
    [
        nameof(DefinitionActivity.WorkflowDefinitionId), nameof(DefinitionActivity.WorkflowDefinitionVersionId),
        nameof(DefinitionActivity.LatestAvailablePublishedVersion), nameof(DefinitionActivity.LatestAvailablePublishedVersionId),
    ];

    private static readonly ActivityDescriptor Base = ActivityDescriber.Describe(typeof(DefinitionActivity));

    /// <summary>Where Studio's viewer goes inside.</summary>
    private static Port Inside => new() { Name = nameof(DefinitionActivity.Root), DisplayName = nameof(DefinitionActivity.Root), Type = PortType.Embedded, IsBrowsable = false };

    /// <param name="typeName">The name of the type.</param>
    /// <param name="workflow">The version.</param>
    /// <param name="isPublished">Whether it may be added to a workflow; one that was added before stays.</param>
    /// <param name="read">Reads the version anew: each use has activities of its own.</param>
    public static ActivityDescriptor Describe(string typeName, Workflow workflow, bool isPublished, Func<Workflow> read)
    {
        var descriptor = Outline(typeName, workflow, isPublished);
        descriptor.Create = () =>
        {
            var beingMade = _beingMade ??= [];
            beingMade.Add(descriptor);
            try
            {
                var activity = Create(typeName, read());
                activity.Descriptor = descriptor;
                return activity;
            }
            finally
            {
                beingMade.Remove(descriptor);
            }
        };
        return descriptor;
    }

    /// <summary>Asked before one is made: definitions that use each other would be read without end.</summary>
    public static bool IsBeingMade(ActivityDescriptor descriptor) => _beingMade?.Contains(descriptor) == true;

    private static ActivityDescriptor Outline(string typeName, Workflow workflow, bool isPublished) => new()
    {
        TypeName = typeName,
        ClrType = typeof(DefinitionActivity),
        Name = typeName,
        Version = workflow.Identity.Version,
        Category = workflow.Options.ActivityCategory ?? "Workflows",
        DisplayName = workflow.WorkflowMetadata.Name,
        Description = workflow.WorkflowMetadata.Description,
        IsBrowsable = isPublished,
        Inputs = [.. workflow.Inputs.Select(DescribeInput)],
        Outputs = [.. workflow.Outputs.Select(DescribeOutput)],
        Ports = [Inside, .. workflow.Outcomes.Select(outcome => new Port { Name = outcome, DisplayName = outcome, Type = PortType.Flow })],
        CustomProperties = { ["RootType"] = "WorkflowDefinitionActivity", ["WorkflowDefinitionId"] = workflow.Identity.DefinitionId, ["WorkflowDefinitionVersionId"] = workflow.Identity.Id },
        ConstructionProperties = { ["WorkflowDefinitionId"] = workflow.Identity.DefinitionId, ["WorkflowDefinitionVersionId"] = workflow.Identity.Id, ["Version"] = workflow.Identity.Version },
        Children = activity => [((DefinitionActivity)activity).Root],
        PlainProperties = [.. Base.PlainProperties.Where(plain => Kept.Contains(plain.Property.Name))],
    };

    private static DefinitionActivity Create(string typeName, Workflow workflow) => new()
    {
        Type = typeName,
        Version = workflow.Identity.Version,
        Root = workflow.Root,
        Variables = workflow.Variables,
        WorkflowDefinitionId = workflow.Identity.DefinitionId,
        WorkflowDefinitionVersionId = workflow.Identity.Id,
        InputNames = [.. workflow.Inputs.Select(input => input.Name)],
        OutputNames = [.. workflow.Outputs.Select(output => output.Name)],
        DefinitionProperties = workflow.CustomProperties,
    };

    private static InputDescriptor DescribeInput(InputDefinition input) => new()
    {
        Name = UsedNames.Of(input.Name),
        DisplayName = input.DisplayName,
        Description = input.Description,
        Category = input.Category,
        Type = input.Type,
        UIHint = input.UIHint,
        IsWrapped = true,
        IsSynthetic = true,
        ValueGetter = activity => ((DefinitionActivity)activity).InputValues.GetValueOrDefault(input.Name),
        ValueSetter = (activity, value) => ((DefinitionActivity)activity).InputValues[input.Name] = (Input)value!,
    };

    private static OutputDescriptor DescribeOutput(OutputDefinition output) => new()
    {
        Name = UsedNames.Of(output.Name),
        DisplayName = output.DisplayName,
        Description = output.Description,
        Type = output.Type,
        IsSynthetic = true,
        ValueGetter = activity => ((DefinitionActivity)activity).OutputTargets.GetValueOrDefault(output.Name),
        ValueSetter = (activity, value) => ((DefinitionActivity)activity).OutputTargets[output.Name] = (Output)value!,
    };
}
