using System.Diagnostics;
using System.Text.Json.Serialization;
using Elsa.Extensions;
using Elsa.Workflows.Helpers;

namespace Elsa.Workflows;

/// <summary>Base of all activities. It stays active after <see cref="ExecuteAsync"/> until something completes it.</summary>
[DebuggerDisplay("{Type} - {Id}")]
public abstract class Activity : IActivity, ISignalHandler
{
    private List<(Type Signal, Func<object, SignalContext, ValueTask> Handler)>? _signalHandlers;

    /// <summary>For derived activities. Pass <paramref name="source"/> and <paramref name="line"/> on from [CallerFilePath] and [CallerLineNumber]: the definition then says where in code the activity was made.</summary>
    protected Activity(string? source = null, int? line = null)
    {
        Type = ActivityTypeNameHelper.GenerateTypeName(GetType());
        Version = ActivityTypeNameHelper.VersionOf(GetType());
        this.SetSource(source, line);
    }

    /// <summary>For derived activities that name their type and its version themselves, instead of by <see cref="Elsa.Workflows.Attributes.ActivityAttribute"/>.</summary>
    protected Activity(string activityType, int version = 1, string? source = null, int? line = null) : this(source, line)
    {
        Type = activityType;
        Version = version;
    }

    /// <inheritdoc />
    public string Id { get; set; } = null!;

    /// <inheritdoc />
    public string NodeId { get; set; } = null!;

    /// <inheritdoc />
    public string? Name { get; set; }

    /// <inheritdoc />
    public string Type { get; set; }

    /// <inheritdoc />
    public int Version { get; set; }

    /// <summary>Whether a stimulus for this activity starts the workflow.</summary>
    [JsonIgnore]
    public bool CanStartWorkflow
    {
        get => this.GetCanStartWorkflow();
        set => this.SetCanStartWorkflow(value);
    }

    /// <summary>Kept for definitions that say so. Bursts hold a transaction, so nothing here runs beside them.</summary>
    [JsonIgnore]
    public bool? RunAsynchronously
    {
        get => this.GetRunAsynchronously();
        set => this.SetRunAsynchronously(value);
    }

    /// <inheritdoc />
    public IDictionary<string, object> CustomProperties { get; set; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <inheritdoc />
    [JsonIgnore]
    public IDictionary<string, object> SyntheticProperties { get; set; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <inheritdoc />
    public IDictionary<string, object> Metadata { get; set; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>Whether the engine completes the activity when it has run and waits for nothing.</summary>
    internal virtual bool CompletesItself => false;

    /// <summary>Override to refuse to run for now.</summary>
    protected virtual ValueTask<bool> CanExecuteAsync(ActivityExecutionContext context) => new(CanExecute(context));

    /// <inheritdoc cref="CanExecuteAsync" />
    protected virtual bool CanExecute(ActivityExecutionContext context) => true;

    /// <summary>Override to do the work, when it awaits something.</summary>
    protected virtual ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        Execute(context);
        return ValueTask.CompletedTask;
    }

    /// <summary>Override to do the work, when it awaits nothing.</summary>
    protected virtual void Execute(ActivityExecutionContext context)
    {
    }

    /// <summary>Override to listen to every signal.</summary>
    protected virtual ValueTask OnSignalReceivedAsync(object signal, SignalContext context)
    {
        OnSignalReceived(signal, context);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc cref="OnSignalReceivedAsync" />
    protected virtual void OnSignalReceived(object signal, SignalContext context)
    {
    }

    /// <summary>Listens to signals of one type. Call it from the constructor.</summary>
    protected void OnSignalReceived(Type signalType, Func<object, SignalContext, ValueTask> handler) => (_signalHandlers ??= []).Add((signalType, handler));

    /// <inheritdoc cref="OnSignalReceived(System.Type,System.Func{object,SignalContext,ValueTask})" />
    protected void OnSignalReceived<T>(Func<T, SignalContext, ValueTask> handler) => OnSignalReceived(typeof(T), (signal, context) => handler((T)signal, context));

    /// <inheritdoc cref="OnSignalReceived(System.Type,System.Func{object,SignalContext,ValueTask})" />
    protected void OnSignalReceived<T>(Action<T, SignalContext> handler) => OnSignalReceived<T>((signal, context) =>
    {
        handler(signal, context);
        return ValueTask.CompletedTask;
    });

    /// <summary>Completes this activity.</summary>
    protected async ValueTask CompleteAsync(ActivityExecutionContext context) => await context.CompleteActivityAsync();

    ValueTask<bool> IActivity.CanExecuteAsync(ActivityExecutionContext context) => CanExecuteAsync(context);

    ValueTask IActivity.ExecuteAsync(ActivityExecutionContext context) => ExecuteAsync(context);

    async ValueTask ISignalHandler.ReceiveSignalAsync(object signal, SignalContext context)
    {
        await OnSignalReceivedAsync(signal, context);
        foreach (var (type, handler) in _signalHandlers ?? [])
        {
            if (type == signal.GetType())
                await handler(signal, context);
        }
    }
}
