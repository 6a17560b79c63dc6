using System.ComponentModel;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Workflows.Activities;

/// <summary>A definition as an object: the activity that every instance begins with.</summary>
[Browsable(false)]
[Activity("Elsa", "Workflows", "A workflow is an activity that executes its Root activity.")]
public class Workflow : Composite<object>
{
    /// <summary>An empty workflow: its root is a <see cref="Sequence"/> without children.</summary>
    public Workflow()
    {
    }

    /// <summary>A workflow that runs <paramref name="root"/>, with no inputs, outputs or variables.</summary>
    public Workflow(IActivity root) => Root = root;

    /// <summary>A workflow with everything that a stored definition says of it.</summary>
    public Workflow(
        WorkflowIdentity identity,
        WorkflowPublication publication,
        WorkflowMetadata workflowMetadata,
        WorkflowOptions options,
        IActivity root,
        ICollection<Variable> variables,
        ICollection<InputDefinition> inputs,
        ICollection<OutputDefinition> outputs,
        ICollection<string> outcomes,
        IDictionary<string, object> customProperties,
        bool isReadonly,
        bool isSystem)
    {
        Identity = identity;
        Publication = publication;
        WorkflowMetadata = workflowMetadata;
        Options = options;
        Root = root;
        Variables = variables;
        Inputs = inputs;
        Outputs = outputs;
        Outcomes = outcomes;
        CustomProperties = customProperties;
        IsReadonly = isReadonly;
        IsSystem = isSystem;
    }

    /// <summary>Definition, version and the id of the version.</summary>
    public WorkflowIdentity Identity { get; set; } = WorkflowIdentity.VersionOne;

    /// <summary>Whether this version is the latest and whether it is published.</summary>
    public WorkflowPublication Publication { get; set; } = WorkflowPublication.LatestAndPublished;

    /// <summary>What a start may be given. Values are not converted and there are no defaults, as in Elsa.</summary>
    public ICollection<InputDefinition> Inputs { get; set; } = [];

    /// <summary>What an instance may yield; <c>SetOutput</c> and outputs bound to their names fill them.</summary>
    public ICollection<OutputDefinition> Outputs { get; set; } = [];

    /// <summary>The ports by which the workflow is left when another uses it as an activity; none means "Done".</summary>
    public ICollection<string> Outcomes { get; set; } = [];

    /// <summary>Name, description and the time the version was made.</summary>
    public WorkflowMetadata WorkflowMetadata { get; set; } = new();

    /// <summary>How instances start and what an incident does to them.</summary>
    public WorkflowOptions Options { get; set; } = new();

    /// <summary>Whether designers must leave it as it is: workflows in code that call <see cref="IWorkflowBuilder.AsReadonly"/>.</summary>
    public bool IsReadonly { get; set; }

    /// <summary>Whether lists hide it from people unless they ask for the workflows of the system.</summary>
    public bool IsSystem { get; }

    /// <summary>Names exactly this version.</summary>
    public WorkflowDefinitionHandle DefinitionHandle => WorkflowDefinitionHandle.ByDefinitionVersionId(Identity.Id);

    /// <summary><paramref name="root"/> itself if it is a workflow, else a workflow that runs it.</summary>
    public static Workflow FromActivity(IActivity root) => root as Workflow ?? new(root);
}
