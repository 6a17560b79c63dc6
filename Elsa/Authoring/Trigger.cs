namespace Elsa.Workflows;

/// <summary>Base of activities that can start a workflow.</summary>
public abstract class Trigger : Activity, ITrigger
{
    /// <summary>For derived activities. Pass <paramref name="source"/> and <paramref name="line"/> on from [CallerFilePath] and [CallerLineNumber]: the definition then says where in code the activity was made.</summary>
    protected Trigger(string? source = null, int? line = null) : base(source, line)
    {
    }

    /// <summary>For derived activities that name their type and its version themselves, instead of by <see cref="Elsa.Workflows.Attributes.ActivityAttribute"/>.</summary>
    protected Trigger(string activityType, int version = 1, string? source = null, int? line = null) : base(activityType, version, source, line)
    {
    }

    ValueTask<IEnumerable<object>> ITrigger.GetTriggerPayloadsAsync(TriggerIndexingContext context) => GetTriggerPayloadsAsync(context);

    /// <summary>Override to name the stimuli, when that awaits something.</summary>
    protected virtual ValueTask<IEnumerable<object>> GetTriggerPayloadsAsync(TriggerIndexingContext context) => ValueTask.FromResult(GetTriggerPayloads(context));

    /// <summary>Override to name several stimuli.</summary>
    protected virtual IEnumerable<object> GetTriggerPayloads(TriggerIndexingContext context) => [GetTriggerPayload(context)];

    /// <summary>Override to name the one stimulus.</summary>
    protected virtual object GetTriggerPayload(TriggerIndexingContext context) => new();
}

/// <summary>Base of activities that can start a workflow and yield a value.</summary>
/// <typeparam name="TResult">The value's type.</typeparam>
public abstract class Trigger<TResult> : Activity<TResult>, ITrigger
{
    /// <summary>For derived activities. Pass <paramref name="source"/> and <paramref name="line"/> on from [CallerFilePath] and [CallerLineNumber]: the definition then says where in code the activity was made.</summary>
    protected Trigger(string? source = null, int? line = null) : base(source, line)
    {
    }

    /// <summary>For derived activities that name their type and its version themselves, instead of by <see cref="Elsa.Workflows.Attributes.ActivityAttribute"/>.</summary>
    protected Trigger(string activityType, int version = 1, string? source = null, int? line = null) : base(activityType, version, source, line)
    {
    }

    ValueTask<IEnumerable<object>> ITrigger.GetTriggerPayloadsAsync(TriggerIndexingContext context) => GetTriggerPayloadsAsync(context);

    /// <inheritdoc cref="Trigger.GetTriggerPayloadsAsync" />
    protected virtual ValueTask<IEnumerable<object>> GetTriggerPayloadsAsync(TriggerIndexingContext context) => ValueTask.FromResult(GetTriggerPayloads(context));

    /// <inheritdoc cref="Trigger.GetTriggerPayloads" />
    protected virtual IEnumerable<object> GetTriggerPayloads(TriggerIndexingContext context) => [GetTriggerPayload(context)];

    /// <inheritdoc cref="Trigger.GetTriggerPayload" />
    protected virtual object GetTriggerPayload(TriggerIndexingContext context) => new();
}

/// <summary>Base of triggers that fire of themselves, such as timers.</summary>
public abstract class EventGenerator : Trigger
{
    /// <summary>For derived activities. Pass <paramref name="source"/> and <paramref name="line"/> on from [CallerFilePath] and [CallerLineNumber]: the definition then says where in code the activity was made.</summary>
    protected EventGenerator(string? source = null, int? line = null) : base(source, line)
    {
    }
}
