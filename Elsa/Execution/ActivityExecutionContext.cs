using Elsa.Execution;
using System.Runtime.CompilerServices;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Workflows;

/// <summary>One execution of one activity: its memory, its bookmarks, its children, and what it may ask of the runtime.</summary>
public partial class ActivityExecutionContext : IExecutionContext
{
    private Dictionary<string, object>? _properties;
    private Dictionary<string, object>? _metadata;
    private Dictionary<string, object>? _input;
    private Dictionary<string, object>? _journalData;
    private Dictionary<object, object>? _transient;
    private Dictionary<string, object?>? _outputs;
    private HashSet<ActivityExecutionContext>? _children;
    private List<Variable>? _dynamicVariables;

    internal ActivityExecutionContext(string id, WorkflowExecutionContext workflow, ActivityExecutionContext? parent, ActivityNode node, DateTimeOffset startedAt)
    {
        Id = id;
        WorkflowExecutionContext = workflow;
        ParentActivityExecutionContext = parent;
        ActivityNode = node;
        StartedAt = startedAt;
        ExpressionExecutionContext = new(workflow.ServiceProvider, new(), parent?.ExpressionExecutionContext ?? workflow.ExpressionExecutionContext, cancellationToken: workflow.CancellationToken)
        {
            Activity = this,
            Workflow = workflow,
        };
        (parent?._children ?? (parent is null ? [] : parent._children = [])).Add(this);
    }

    /// <summary>Of the execution: its instance's id, a dash and a number.</summary>
    public string Id { get; set; }

    /// <summary>In UTC.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>In UTC; null while it is not complete.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>What the scheduling activity attached.</summary>
    public object? Tag { get; set; }

    /// <summary>How it stands.</summary>
    public ActivityStatus Status { get; private set; }

    /// <summary>Whether it is over, completed or cancelled.</summary>
    public bool IsCompleted => Status is ActivityStatus.Completed or ActivityStatus.Canceled;

    /// <summary>How many executions in and below this one have failed.</summary>
    public int AggregateFaultCount { get; set; }

    /// <summary>Why it failed; null when it did not.</summary>
    public Exception? Exception { get; set; }

    /// <summary>The instance.</summary>
    public WorkflowExecutionContext WorkflowExecutionContext { get; }

    /// <summary>The execution it runs in; null for the workflow itself.</summary>
    public ActivityExecutionContext? ParentActivityExecutionContext { get; }

    /// <summary>Its scope of memory.</summary>
    public ExpressionExecutionContext ExpressionExecutionContext { get; }

    /// <summary>The activity in its place in the definition.</summary>
    public ActivityNode ActivityNode { get; }

    /// <summary>The activity.</summary>
    public IActivity Activity => ActivityNode.Activity;

    /// <summary>What is known of the activity's type.</summary>
    public ActivityDescriptor ActivityDescriptor => ActivityNode.Descriptor;

    /// <summary>The ids of all that enclose the activity and its own, with colons between.</summary>
    public string NodeId => ActivityNode.NodeId;

    /// <summary>Cancelled when the burst is given up.</summary>
    public CancellationToken CancellationToken => WorkflowExecutionContext.CancellationToken;

    /// <summary>The execution that led to this one.</summary>
    public string? SchedulingActivityExecutionId { get; set; }

    /// <summary>The activity of that execution.</summary>
    public string? SchedulingActivityId { get; set; }

    /// <summary>The instance of that execution, when it is another one.</summary>
    public string? SchedulingWorkflowInstanceId { get; set; }

    /// <summary>How many executions led to this one.</summary>
    public int CallStackDepth { get; set; }

    /// <summary>The executions inside this one that are not complete.</summary>
    public ISet<ActivityExecutionContext> Children => _children ??= [];

    /// <summary>Kept with the instance until this execution is complete.</summary>
    public IDictionary<string, object> Properties => _properties ??= new(StringComparer.Ordinal);

    /// <summary>Kept with the execution, for tools.</summary>
    public IDictionary<string, object> Metadata => _metadata ??= new(StringComparer.Ordinal);

    /// <summary>Forgotten at the end of the burst.</summary>
    public IDictionary<object, object> TransientProperties => _transient ??= [];

    /// <summary>The inputs of the instance and, above them, those of the stimulus.</summary>
    public IDictionary<string, object> WorkflowInput => WorkflowExecutionContext.Input;

    /// <summary>What the scheduling activity handed over.</summary>
    public IDictionary<string, object> ActivityInput => _input ??= new(StringComparer.Ordinal);

    /// <summary>Facts for the journal entry of this execution.</summary>
    public IDictionary<string, object> JournalData => _journalData ??= new(StringComparer.Ordinal);

    /// <summary>The evaluated inputs, by name.</summary>
    public IDictionary<string, object> ActivityState => ActivityNode.ReadInputs(this);

    /// <summary>Variables that were added while running.</summary>
    public ICollection<Variable> DynamicVariables => _dynamicVariables ??= [];

    /// <summary>The variables this execution declares.</summary>
    public IEnumerable<Variable> Variables => _dynamicVariables is null
        ? (Activity as IVariableContainer)?.Variables ?? []
        : _dynamicVariables.Concat((Activity as IVariableContainer)?.Variables ?? []).DistinctBy(variable => variable.Name, StringComparer.Ordinal);

    /// <summary>What this execution waits for.</summary>
    public IEnumerable<Bookmark> Bookmarks => WorkflowExecutionContext.Bookmarks.Where(bookmark => bookmark.ActivityInstanceId == Id);

    /// <summary>Which execution of its instance this is, counted from 1; null for one that began in an earlier burst.</summary>
    internal int? Number { get; init; }

    /// <summary>Called on the parent when this execution is complete.</summary>
    internal ActivityCompletionCallback? CompletionCallback { get; set; }

    /// <summary>In a flowchart: how often each enclosing loop has been entered anew. Null outside of loops.</summary>
    internal Flow.Rounds? Rounds { get; set; }

    /// <summary>What of it the history keeps; null for everything.</summary>
    internal Elsa.Execution.KeptValues? Kept { get; set; }

    /// <summary>What this execution has yielded in this burst, by name.</summary>
    internal IReadOnlyDictionary<string, object?>? YieldedOutputs => _outputs;

    internal IReadOnlyDictionary<string, object>? StoredProperties => _properties;

    internal IReadOnlyDictionary<string, object>? StoredMetadata => _metadata;

    internal IReadOnlyDictionary<string, object>? StoredJournalData => _journalData;

    internal IReadOnlyCollection<Variable>? StoredDynamicVariables => _dynamicVariables;

    internal IReadOnlySet<ActivityExecutionContext>? StoredChildren => _children;

    /// <summary>Sets what was stored, without the consequences of a change.</summary>
    internal void Restore(ActivityStatus status) => Status = status;

    /// <summary>Sets how it stands; an end takes it out of its parent.</summary>
    public void TransitionTo(ActivityStatus status)
    {
        Status = status;
        if (IsCompleted)
        {
            CompletedAt = WorkflowExecutionContext.Now;
            ParentActivityExecutionContext?._children?.Remove(this);
            WorkflowExecutionContext.Leave(this);
        }
    }

    /// <summary>A property in the given type; the type's default when there is none.</summary>
    public T? GetProperty<T>(string key) => Read<T>(_properties, key);

    /// <summary>A property in the given type; without one the default, which is then kept.</summary>
    public T GetProperty<T>(string key, Func<T> defaultValue)
    {
        if (_properties?.ContainsKey(key) != true)
            Properties[key] = defaultValue()!;
        return Read<T>(_properties, key)!;
    }

    /// <summary>Sets a property.</summary>
    public void SetProperty<T>(string key, T? value) => Properties[key] = value!;

    /// <summary>Sets a property from what it was.</summary>
    public T UpdateProperty<T>(string key, Func<T?, T> updater) where T : notnull
    {
        var value = updater(GetProperty<T?>(key));
        Properties[key] = value;
        return value;
    }

    /// <summary>Forgets a property.</summary>
    public void RemoveProperty(string key) => _properties?.Remove(key);

    /// <summary>A note for tools in the given type.</summary>
    public T? GetMetadata<T>(string key) => Read<T>(_metadata, key);

    /// <summary>Sets a note for tools.</summary>
    public void SetMetadata<T>(string key, T? value) => Metadata[key] = value!;

    /// <summary>A service of the burst's scope.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public T GetRequiredService<T>() where T : notnull => WorkflowExecutionContext.GetRequiredService<T>();

    /// <summary>A service of the burst's scope.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public object GetRequiredService(Type serviceType) => WorkflowExecutionContext.GetRequiredService(serviceType);

    /// <summary>A service of the burst's scope; one that is not registered is made, with its constructor's arguments from the scope.</summary>
    public T GetOrCreateService<T>() where T : notnull => WorkflowExecutionContext.GetOrCreateService<T>();

    /// <summary>A service of the burst's scope; null when it is not registered.</summary>
    public T? GetService<T>() where T : notnull => WorkflowExecutionContext.GetService<T>();

    /// <summary>A service of the burst's scope; null when it is not registered.</summary>
    public object? GetService(Type serviceType) => WorkflowExecutionContext.GetService(serviceType);

    /// <summary>All services of a type, in the order of their registration.</summary>
    public IEnumerable<T> GetServices<T>() where T : notnull => WorkflowExecutionContext.GetServices<T>();

    /// <summary>The evaluated value of an input.</summary>
    public T? Get<T>(Input<T>? input) => input == null ? default : Get<T>(input.MemoryBlockReference());

    /// <summary>The value an output has by now, converted to <typeparamref name="T"/>; the default for an output that is null.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been set yet.</exception>
    public T? Get<T>(Output<T>? output) => output == null ? default : Get<T>(output.MemoryBlockReference());

    /// <summary>The value an output has by now; null for an output that is null.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been set yet.</exception>
    public object? Get(Output? output) => output == null ? null : Get(output.MemoryBlockReference());

    /// <summary>The value of a variable, input or output in scope.</summary>
    /// <exception cref="InvalidOperationException">There is no such memory in scope.</exception>
    public object? Get(MemoryBlockReference blockReference) => TryGet(blockReference, out var value)
        ? value
        : throw new InvalidOperationException($"The memory block '{blockReference.Id}' does not exist.");

    /// <summary>The value of a variable, input or output in scope, converted to <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">There is no such memory in scope.</exception>
    public T? Get<T>(MemoryBlockReference blockReference) => Get(blockReference).ConvertTo<T>();

    /// <summary>The value of a variable, input or output in scope; false when there is no such memory and it is no literal either.</summary>
    public bool TryGet(MemoryBlockReference blockReference, out object? value)
    {
        if (ExpressionExecutionContext.TryGet(blockReference, out value))
            return true;
        value = (blockReference as Literal)?.Value;
        return blockReference is Literal;
    }

    /// <summary>Sets memory in scope; where there is none, declares it in this execution.</summary>
    public void Set(MemoryBlockReference blockReference, object? value, Action<MemoryBlock>? configure = null) => ExpressionExecutionContext.Set(blockReference, value, configure);

    /// <summary>Yields a value. Its name is that of the property given, unless <paramref name="outputName"/> says another.</summary>
    public void Set<T>(Output<T>? output, T? value, [CallerArgumentExpression("output")] string? outputName = null) => Set((Output?)output, value, outputName);

    /// <summary>Yields a value: to the variable the output is bound to, and to scripts that ask by name.</summary>
    public void Set(Output? output, object? value, [CallerArgumentExpression("output")] string? outputName = null)
    {
        var name = outputName is null ? "Result" : outputName[(outputName.LastIndexOf('.') + 1)..];
        var isPassing = ActivityDescriptor.Outputs.Any(candidate => candidate is { IsSerializable: false } && candidate.Name == name);
        if (!isPassing)
            (_outputs ??= new(StringComparer.OrdinalIgnoreCase))[name] = value;
        if (output?.MemoryBlockReference() is { Id: { } id } reference)
        {
            ExpressionExecutionContext.Set(reference, output.ValueType.IsInstanceOfType(value) ? value : value.ConvertTo(output.ValueType)); // Not to the variable's type: that happens when it is next loaded.
            if (DefinitionScope.FindOutput(this, id) is { Activity: IDefinitionActivity inner } own)
                inner.SetOutput(own, id, value);
            else if (WorkflowExecutionContext.Workflow.Outputs.FirstOrDefault(definition => definition.Name == id) is { } definition)
                WorkflowExecutionContext.Output[definition.Name] = value!;
        }

        WorkflowExecutionContext.RecordOutput(this, name, value, isPassing);
    }

    /// <summary>Adds an entry to the journal.</summary>
    public void AddExecutionLogEntry(string eventName, string? message = null, string? source = null, object? payload = null) =>
        WorkflowExecutionContext.Journal.Add(this, eventName, message, source, payload);

    private static T? Read<T>(Dictionary<string, object>? values, string key)
    {
        if (values is null || !values.TryGetValue(key, out var stored))
            return default;
        if (stored is T same)
            return same;
        var value = stored.ConvertTo<T>();
        if (value is not null)
            values[key] = value; // A value read from the database is JSON until someone names its type; then that object is the one to change.
        return value;
    }
}
