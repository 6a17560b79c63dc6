using System.Text.Json;
using Elsa.Definitions;
using Elsa.Execution;
using Elsa.Runtime;
using Elsa.Workflows.Activities;

namespace Elsa.Workflows.Models;

/// <summary>A compiled definition. It is immutable and serves all instances of its version.</summary>
public sealed class WorkflowGraph
{
    private readonly Dictionary<IActivity, ActivityNode> _byActivity = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, ActivityNode> _byNodeId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActivityNode> _byId = new(StringComparer.Ordinal);

    internal WorkflowGraph(Workflow workflow, Func<IActivity, ActivityDescriptor> describe)
    {
        Workflow = workflow;
        workflow.Id ??= "Workflow1";
        GiveNames(workflow, describe);
        Root = Add(workflow, null, describe);
    }

    /// <summary>The definition it was compiled from.</summary>
    public Workflow Workflow { get; }

    /// <summary>The node of the workflow itself; its only child is the root activity.</summary>
    public ActivityNode Root { get; }

    /// <summary>All activities, the workflow included, each after the one that encloses it.</summary>
    public IReadOnlyCollection<ActivityNode> Nodes => _byNodeId.Values;

    /// <summary>Whether an activity declares a variable that a driver of the application keeps.</summary>
    internal bool HasDrivenVariables { get; private set; }

    internal ActivityNode NodeOf(IActivity activity) => _byActivity.TryGetValue(activity, out var node)
        ? node
        : throw new InvalidOperationException($"Activity '{activity.Id}' ({activity.Type}) is no part of this workflow.");

    /// <summary>By node id, else by the id of the activity alone.</summary>
    internal ActivityNode? FindNode(string id) => _byNodeId.GetValueOrDefault(id) ?? _byId.GetValueOrDefault(id);

    private ActivityNode Add(IActivity activity, ActivityNode? parent, Func<IActivity, ActivityDescriptor> describe)
    {
        activity.NodeId = parent is null ? activity.Id : $"{parent.NodeId}:{activity.Id}";
        var descriptor = describe(activity);
        var node = new ActivityNode(activity, descriptor, parent) { LogPersistence = LogPersistenceRules.Of(activity, parent, Workflow) };
        HasDrivenVariables |= activity is IVariableContainer container && container.Variables.Any(variable => !DrivenVariables.IsOwn(variable.StorageDriverType));
        _byActivity[activity] = node;
        if (!_byNodeId.TryAdd(node.NodeId, node))
            throw new JsonException($"Two activities have the id '{activity.Id}'.");
        _byId.TryAdd(activity.Id, node);
        parent?.Children.Add(node);
        Bind(node);
        foreach (var child in descriptor.Children(activity))
        {
            if (!_byActivity.ContainsKey(child))
                Add(child, node, describe);
        }

        return node;
    }

    /// <summary>Code need not name activities and variables: the first <c>WriteLine</c> without an id is <c>WriteLine1</c>, and so on.</summary>
    private static void GiveNames(Workflow workflow, Func<IActivity, ActivityDescriptor> describe)
    {
        var activities = new Dictionary<IActivity, bool>(ReferenceEqualityComparer.Instance);
        Collect(workflow, describe, activities);
        var taken = activities.Keys.Select(activity => activity.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var activity in activities.Keys)
        {
            var type = activity.Type[(activity.Type.LastIndexOf('.') + 1)..];
            while (string.IsNullOrWhiteSpace(activity.Id))
            {
                var name = $"{type}{counts[type] = counts.GetValueOrDefault(type) + 1}";
                if (taken.Add(name))
                    activity.Id = name;
            }

            if (activity is IVariableContainer container)
                GiveNames(container, activity.Id);
        }
    }

    private static void GiveNames(IVariableContainer container, string id)
    {
        var unnamed = 0;
        foreach (var (index, variable) in container.Variables.Index())
        {
            variable.Id ??= $"{id}:variable-{index + 1}";
            if (string.IsNullOrWhiteSpace(variable.Name))
                variable.Name = container is Workflow ? $"Variable_{unnamed++}" : $"Variable{++unnamed}";
        }
    }

    private static void Collect(IActivity activity, Func<IActivity, ActivityDescriptor> describe, Dictionary<IActivity, bool> found)
    {
        if (!found.TryAdd(activity, true))
            return;
        foreach (var child in describe(activity).Children(activity))
            Collect(child, describe, found);
    }

    private static InputBinding Bind(ActivityNode node, InputDescriptor descriptor, Input input)
    {
        try
        {
            return new InputBinding(descriptor, input);
        }
        catch (Exception e) when (e is JsonException || DefinitionJson.IsOfTheInput(e))
        {
            throw new JsonException($"Input '{descriptor.Name}' of activity '{node.Activity.Id}' cannot be read: {e.Message}", e);
        }
    }

    private static void Bind(ActivityNode node)
    {
        var inputs = new List<InputBinding>();
        foreach (var descriptor in node.Descriptor.Inputs)
        {
            var value = descriptor.ValueGetter(node.Activity);
            if (value is Input input)
            {
                var reference = input.MemoryBlockReference();
                reference.Id ??= $"{node.NodeId}:input-{descriptor.Name}";
                inputs.Add(Bind(node, descriptor, input));
            }
            else if (!descriptor.IsWrapped)
            {
                inputs.Add(new InputBinding(descriptor, value));
            }
        }

        foreach (var descriptor in node.Descriptor.Outputs)
        {
            if (descriptor.ValueGetter(node.Activity) is Output output)
                output.MemoryBlockReference().Id ??= $"{node.NodeId}:output-{descriptor.Name}";
        }

        node.Inputs = inputs;
    }
}
