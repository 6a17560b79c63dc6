using Elsa.Definitions;
using Elsa.Execution;

namespace Elsa.Workflows.Models;

/// <summary>An activity in its place in a workflow, with all that the engine needs to run it.</summary>
public sealed class ActivityNode
{
    private readonly Dictionary<string, ExecuteActivityDelegate?> _callbacks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActivityCompletionCallback?> _completions = new(StringComparer.Ordinal);

    internal ActivityNode(IActivity activity, ActivityDescriptor descriptor, ActivityNode? parent)
    {
        (Activity, Descriptor, Parent, NodeId) = (activity, descriptor, parent, activity.NodeId);
        IsForeign = ForeignCode.IsForeign(activity.GetType());
        CompletesItself = activity is Activity { CompletesItself: true };
    }

    /// <summary>The activity; shared by all instances of the version.</summary>
    public IActivity Activity { get; }

    /// <summary>The ids of all that enclose the activity and its own, with colons between, from <c>Workflow1</c>.</summary>
    public string NodeId { get; }

    /// <summary>The activity around it; null for the workflow itself.</summary>
    internal ActivityNode? Parent { get; }

    /// <summary>The activities directly inside it.</summary>
    public ICollection<ActivityNode> Children { get; } = [];

    internal ActivityDescriptor Descriptor { get; }

    internal IReadOnlyList<InputBinding> Inputs { get; set; } = [];

    internal bool IsForeign { get; }

    internal bool CompletesItself { get; }

    /// <summary>What is said of keeping its values in the history; null when nothing is.</summary>
    internal LogPersistenceRules? LogPersistence { get; init; }

    /// <summary>Facts that the activity's own code works out once per definition, such as a flowchart's map.</summary>
    internal object? Compiled { get; set; }

    /// <summary>The method that a bookmark names. Looked up once per definition: instances only store its name.</summary>
    internal ExecuteActivityDelegate? FindCallback(string? method) => Find(_callbacks, method);

    internal ActivityCompletionCallback? FindCompletion(string? method) => Find(_completions, method);

    internal Dictionary<string, object> ReadInputs(ActivityExecutionContext context)
    {
        var values = new Dictionary<string, object>(Inputs.Count, StringComparer.Ordinal);
        foreach (var input in Inputs)
        {
            if (input.IsShown && input.TryRead(context, out var value))
                values[input.Name] = value!;
        }

        return values;
    }

    private T? Find<T>(Dictionary<string, T?> found, string? method) where T : Delegate
    {
        if (method is null)
            return null;
        lock (found)
        {
            if (found.TryGetValue(method, out var callback))
                return callback;
            return found[method] = ActivityMethods.Find<T>(Activity, method)
                ?? throw new MissingMethodException(Activity.GetType().FullName, method);
        }
    }
}
