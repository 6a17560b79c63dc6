using Elsa.Execution;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Elsa.Workflows;

/// <summary>One instance while it runs.</summary>
public class WorkflowExecutionContext : IExecutionContext
{
    internal const string StartedByKey = "ParentActivityExecution";
    private readonly Dictionary<string, ActivityExecutionContext> _active = new(StringComparer.Ordinal);
    private readonly HashSet<ActivityExecutionContext> _touched = [];
    private readonly TimeProvider _time;
    private Dictionary<object, object>? _transient;

    internal WorkflowExecutionContext(IServiceProvider services, WorkflowGraph graph, string id, TimeProvider time, CancellationToken cancellationToken)
    {
        ServiceProvider = services;
        Graph = graph;
        Id = id;
        _time = time;
        CancellationToken = cancellationToken;
        CreatedAt = UpdatedAt = time.GetUtcNow();
        Journal = new(time);
        ExpressionExecutionContext = new(services, new MemoryRegister(), cancellationToken: cancellationToken) { Workflow = this };
    }

    /// <summary>The services of the burst's scope. What they write commits together with this instance.</summary>
    public IServiceProvider ServiceProvider { get; }

    /// <summary>The definition, in the version that the instance stands on.</summary>
    public Workflow Workflow => Graph.Workflow;

    /// <summary>The workflow as the outermost activity.</summary>
    public IActivity Activity => Workflow;

    /// <summary>Of the instance.</summary>
    public string Id { get; set; }

    /// <summary>What the instance is found by beside its id.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>The name it is shown by.</summary>
    public string? Name { get; set; }

    /// <summary>The instance that started it.</summary>
    public string? ParentWorkflowInstanceId { get; set; }

    /// <summary>How it runs or how it ended.</summary>
    public WorkflowSubStatus SubStatus { get; internal set; } = WorkflowSubStatus.Pending;

    /// <summary>Whether it runs or has ended.</summary>
    public WorkflowStatus Status => SubStatus is WorkflowSubStatus.Finished or WorkflowSubStatus.Cancelled or WorkflowSubStatus.Faulted ? WorkflowStatus.Finished : WorkflowStatus.Running;

    /// <summary>When it was started, in UTC.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When its last burst ended, in UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When it ended, in UTC; null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>What it waits for.</summary>
    public ICollection<Bookmark> Bookmarks { get; set; } = [];

    /// <summary>The inputs the instance was started with and, above them, those of the stimulus that resumed it.</summary>
    public IDictionary<string, object> Input { get; set; } = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The outputs that were set so far, by name.</summary>
    public IDictionary<string, object> Output { get; set; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>Kept with the instance.</summary>
    public IDictionary<string, object> Properties { get; set; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>Forgotten at the end of the burst.</summary>
    public IDictionary<object, object> TransientProperties => _transient ??= [];

    /// <summary>What failed and was not taken back.</summary>
    public ICollection<ActivityIncident> Incidents { get; set; } = [];

    /// <summary>The trigger that started the instance in this burst.</summary>
    public string? TriggerActivityId { get; set; }

    /// <summary>Cancelled when the burst is given up; then nothing of it is stored.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The outermost scope of memory, around that of the workflow.</summary>
    public ExpressionExecutionContext ExpressionExecutionContext { get; }

    /// <summary>The variables that the definition declares.</summary>
    public IEnumerable<Variable> Variables => Workflow.Variables;

    /// <summary>The executions that are not complete.</summary>
    public IReadOnlyCollection<ActivityExecutionContext> ActivityExecutionContexts => _active.Values;

    internal WorkflowGraph Graph { get; }

    /// <summary>The execution of another instance that started this one; null when none did.</summary>
    internal string? StartedBy => GetProperty<string>(StartedByKey);

    /// <summary>Whether some variable's value is kept by a driver of the application.</summary>
    internal bool HasDrivenVariables { get => field || Graph.HasDrivenVariables; set; }

    internal WorkQueue Scheduled { get; } = new();

    internal Execution.Journal Journal { get; }

    /// <summary>Of a new instance: the revision of its definition that must still be the published one; null when that is known.</summary>
    internal int? RememberedRevision { get; init; }

    /// <summary>Whether it runs without a database, and so without anything that could be rolled back.</summary>
    internal bool IsUnstored { get; init; }

    /// <summary>How many bursts have left a history.</summary>
    internal int Bursts { get; init; }

    /// <summary>How many executions the instance has begun. Their ids count them, so that an id tells its instance.</summary>
    internal int Opened { get; set; }

    /// <summary>Calls to the outside that this burst asks for.</summary>
    internal List<Calls.NewCall> Calls { get; } = [];

    /// <summary>What the stimulus of this burst brought; null on a start.</summary>
    internal IDictionary<string, object>? StimulusInput { get; set; }

    /// <summary>The inputs of the start, which stay.</summary>
    internal IDictionary<string, object> StartInput { get; set; } = new Dictionary<string, object>(StringComparer.Ordinal);

    internal Dictionary<string, Dictionary<string, object?>> Outputs { get; } = new(StringComparer.Ordinal);

    internal object? LastResult { get; private set; }

    internal DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>A service of the burst's scope.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public T GetRequiredService<T>() where T : notnull => ServiceProvider.GetRequiredService<T>();

    /// <summary>A service of the burst's scope.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public object GetRequiredService(Type serviceType) => ServiceProvider.GetRequiredService(serviceType);

    /// <summary>A service of the burst's scope; one that is not registered is made, with its constructor's arguments from the scope.</summary>
    public T GetOrCreateService<T>() where T : notnull => ActivatorUtilities.GetServiceOrCreateInstance<T>(ServiceProvider);

    /// <summary>A service of the burst's scope; null when it is not registered.</summary>
    public T? GetService<T>() where T : notnull => ServiceProvider.GetService<T>();

    /// <summary>A service of the burst's scope; null when it is not registered.</summary>
    public object? GetService(Type serviceType) => ServiceProvider.GetService(serviceType);

    /// <summary>All services of a type, in the order of their registration.</summary>
    public IEnumerable<T> GetServices<T>() where T : notnull => ServiceProvider.GetServices<T>();

    /// <summary>Sets how the instance stands; an end notes its time.</summary>
    public void TransitionTo(WorkflowSubStatus subStatus)
    {
        SubStatus = subStatus;
        if (Status == WorkflowStatus.Finished)
            FinishedAt ??= Now;
    }

    /// <summary>A property in the given type; the type's default when there is none.</summary>
    public T? GetProperty<T>(string key) => Properties.TryGetValue(key, out var value) ? value.ConvertTo<T>() : default;

    /// <summary>Sets a property.</summary>
    public void SetProperty<T>(string key, T value) => Properties[key] = value!;

    /// <summary>Sets a property from what it was.</summary>
    public T UpdateProperty<T>(string key, Func<T?, T> updater)
    {
        var value = updater(GetProperty<T>(key));
        Properties[key] = value!;
        return value;
    }

    /// <summary>Whether there is such a property.</summary>
    public bool HasProperty(string name) => Properties.ContainsKey(name);

    /// <summary>An activity by its id or node id; null when the definition has none.</summary>
    public IActivity? FindActivityById(string activityId) => Graph.FindNode(activityId)?.Activity;

    /// <summary>The execution of the workflow itself, which holds its variables also when it is complete.</summary>
    internal ActivityExecutionContext? RootContext { get; private set; }

    /// <summary>Executions that started or went on in this burst.</summary>
    internal IReadOnlyCollection<ActivityExecutionContext> Touched => _touched;

    internal void Enter(ActivityExecutionContext context)
    {
        _active[context.Id] = context;
        RootContext ??= context;
    }

    internal void Touch(ActivityExecutionContext context) => _touched.Add(context);

    /// <summary>Takes up an execution of an earlier burst.</summary>
    internal void Restore(ActivityExecutionContext context)
    {
        RootContext ??= context;
        if (!context.IsCompleted)
            _active[context.Id] = context;
    }

    internal void Leave(ActivityExecutionContext context)
    {
        if (_active.Remove(context.Id))
            _touched.Add(context);
    }

    internal ActivityExecutionContext? FindContext(string? id) => id is null ? null : _active.GetValueOrDefault(id);

    internal void RemoveBookmarksOf(ActivityExecutionContext context)
    {
        // Counted backwards by hand: this runs at the end of every activity, and a closure each time shows in the rate.
        var bookmarks = (List<Bookmark>)Bookmarks;
        for (var i = bookmarks.Count - 1; i >= 0; i--)
        {
            if (bookmarks[i].ActivityInstanceId == context.Id)
                bookmarks.RemoveAt(i);
        }
    }

    /// <summary>Outputs that are there in this burst only, by activity and name: streams, files and the like.</summary>
    internal HashSet<(string Activity, string Name)> PassingOutputs { get; } = [];

    internal void RecordOutput(ActivityExecutionContext context, string name, object? value, bool isPassing)
    {
        if (isPassing)
            PassingOutputs.Add((context.Activity.Id, name));
        if (!Outputs.TryGetValue(context.Activity.Id, out var outputs))
            Outputs[context.Activity.Id] = outputs = new(StringComparer.OrdinalIgnoreCase);
        outputs[name] = value;
        LastResult = value;
    }
}
