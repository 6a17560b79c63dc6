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
    public Workflow()
    {
    }

    public Workflow(IActivity root) => Root = root;

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

    public WorkflowIdentity Identity { get; set; } = WorkflowIdentity.VersionOne;

    public WorkflowPublication Publication { get; set; } = WorkflowPublication.LatestAndPublished;

    public ICollection<InputDefinition> Inputs { get; set; } = [];

    public ICollection<OutputDefinition> Outputs { get; set; } = [];

    public ICollection<string> Outcomes { get; set; } = [];

    public WorkflowMetadata WorkflowMetadata { get; set; } = new();

    public WorkflowOptions Options { get; set; } = new();

    public bool IsReadonly { get; set; }

    public bool IsSystem { get; }

    public WorkflowDefinitionHandle DefinitionHandle => WorkflowDefinitionHandle.ByDefinitionVersionId(Identity.Id);

    public static Workflow FromActivity(IActivity root) => root as Workflow ?? new(root);
}
