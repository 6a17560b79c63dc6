using System.Text.Json.Serialization;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Workflows;

/// <summary>A step of a workflow. One object serves every run of its definition: what a run must remember belongs in its context.</summary>
public interface IActivity
{
    /// <summary>Unique among the activities of its container; connections name it.</summary>
    string Id { get; set; }

    /// <summary>The path of ids from the root, unique in the definition; the journal names it.</summary>
    string NodeId { get; set; }

    /// <summary>A name that scripts may use.</summary>
    string? Name { get; set; }

    /// <summary>The name of the activity's type, as in <c>Elsa.WriteLine</c>.</summary>
    string Type { get; set; }

    /// <summary>The version of the activity's type.</summary>
    int Version { get; set; }

    /// <summary>Free settings that are stored with the definition.</summary>
    IDictionary<string, object> CustomProperties { get; set; }

    /// <summary>Properties in the definition that the type does not declare; kept and written back.</summary>
    [JsonIgnore]
    IDictionary<string, object> SyntheticProperties { get; set; }

    /// <summary>What the designer stores: position, size, display text.</summary>
    IDictionary<string, object> Metadata { get; set; }

    /// <summary>Whether the activity may run now.</summary>
    ValueTask<bool> CanExecuteAsync(ActivityExecutionContext context);

    /// <summary>Runs the activity.</summary>
    ValueTask ExecuteAsync(ActivityExecutionContext context);
}

/// <summary>An activity that yields a value.</summary>
public interface IActivityWithResult
{
    /// <summary>Where the value goes; null drops it.</summary>
    Output? Result { get; set; }
}

/// <inheritdoc />
public interface IActivityWithResult<T> : IActivityWithResult
{
    /// <summary>Where the value goes, with its type; null drops it.</summary>
    new Output<T>? Result { get; set; }
}

/// <summary>An activity that can start a workflow.</summary>
public interface ITrigger : IActivity
{
    /// <summary>The stimuli that start the workflow, one trigger each.</summary>
    ValueTask<IEnumerable<object>> GetTriggerPayloadsAsync(TriggerIndexingContext context);
}

/// <summary>An activity that declares variables for the activities inside it.</summary>
public interface IVariableContainer : IActivity
{
    /// <summary>Declared anew in each execution of the activity.</summary>
    ICollection<Variable> Variables { get; }
}

/// <summary>An activity with which a flowchart begins.</summary>
public interface IStartNode : IActivity;

/// <summary>An activity after which its container is complete.</summary>
public interface ITerminalNode : IActivity;

/// <summary>An activity that listens to signals from below it.</summary>
public interface ISignalHandler
{
    /// <summary>Called on every activity from the sender up, until one stops the signal.</summary>
    ValueTask ReceiveSignalAsync(object signal, SignalContext context);
}

/// <summary>Work that an activity hands to the runtime: the callback of a bookmark.</summary>
/// <param name="context">The execution that goes on.</param>
public delegate ValueTask ExecuteActivityDelegate(ActivityExecutionContext context);

/// <summary>Called on the activity that scheduled a child, when that child is complete.</summary>
/// <param name="context">The child, what it completed with, and the execution that scheduled it.</param>
public delegate ValueTask ActivityCompletionCallback(ActivityCompletedContext context);
