using Elsa.Execution;
using Elsa.Persistence;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Messages;
using Elsa.Workflows.Runtime.Results;
using Elsa.Workflows.Runtime.Stimuli;
using Elsa.Workflows.Runtime.Activities;

namespace Elsa.Runtime;

/// <summary>
/// Delivers a stimulus at once, in the caller's transaction, to all that wait for it; what nothing waits for is stored until
/// something does. It returns when the stimulus is either delivered or stored, so nothing that was answered can be lost.
/// </summary>
internal sealed class StimulusSender(DatabaseSession session, StimulusStore stimuli, PublicationStore publications, InstanceRunner runner, InstanceStarter starter, TimeProvider time) : IStimulusSender, IEventPublisher, ITaskReporter
{
    public Task<SendStimulusResult> SendAsync(string activityTypeName, object stimulus, StimulusMetadata? metadata = null, CancellationToken cancellationToken = default) =>
        SendAsync(StimulusHash.Of(activityTypeName, stimulus, metadata?.ActivityInstanceId), metadata, cancellationToken);

    public Task<SendStimulusResult> SendAsync(string stimulusHash, StimulusMetadata? metadata = null, CancellationToken cancellationToken = default)
    {
        var stimulus = new Stimulus(stimulusHash)
        {
            InstanceId = metadata?.WorkflowInstanceId,
            CorrelationId = metadata?.CorrelationId,
            ActivityInstanceId = metadata?.ActivityInstanceId,
            Input = StoredValues.ToColumn(metadata?.Input!),
        };
        return session.InBurstAsync(async ct => new SendStimulusResult(await SendAsync(stimulus, metadata?.BookmarkId, ct)), cancellationToken);
    }

    public async Task PublishAsync(string eventName, string? correlationId = null, string? workflowInstanceId = null, string? activityInstanceId = null, object? payload = null, bool asynchronous = false, CancellationToken cancellationToken = default)
    {
        var metadata = new StimulusMetadata { CorrelationId = correlationId, WorkflowInstanceId = workflowInstanceId, Input = new Dictionary<string, object>(StringComparer.Ordinal) };
        if (payload is not null)
            metadata.Input[Event.EventInputWorkflowInputKey] = payload;
        if (!asynchronous)
        {
            await SendAsync(Workflows.Runtime.RuntimeStimulusNames.Event, new EventStimulus(eventName), metadata, cancellationToken);
            return;
        }

        // From inside a burst: the publisher's own instance is locked and not stored yet, so the event is a row that goes with it and is sent after the commit.
        var id = Identity.NewInstance(time.GetUtcNow());
        var stimulus = new Stimulus(StimulusHash.Of(Workflows.Runtime.RuntimeStimulusNames.Event, new EventStimulus(eventName)))
        {
            InstanceId = workflowInstanceId,
            CorrelationId = correlationId,
            Input = StoredValues.ToColumn(metadata.Input!),
        };
        await session.InBurstAsync(async ct =>
        {
            await publications.StoreAsync(id, stimulus, ct);
            // Checkpoint: a crash after the commit leaves the row, and the sweep of any host sends it.
            session.AfterCommit(token => SendPublishedAsync(id, token));
            return true;
        }, cancellationToken);
    }

    /// <summary>Sends an event that was published, in the transaction that deletes it: once, whoever else tries. False when there is nothing to send.</summary>
    public Task<bool> SendPublishedAsync(string id, CancellationToken ct) => session.InBurstAsync(async token =>
    {
        if (await publications.ClaimAsync(id, token) is not { } stimulus)
            return false;
        await SendAsync(stimulus, null, token);
        return true;
    }, ct);

    public Task ReportCompletionAsync(string taskId, object? result = default, CancellationToken cancellationToken = default) =>
        SendAsync(RunTask.StimulusName, new RunTaskStimulus(taskId, ""), new StimulusMetadata { Input = new Dictionary<string, object>(StringComparer.Ordinal) { [RunTask.InputKey] = result! } }, cancellationToken);

    /// <summary>Delivers in the transaction that runs; what nothing waits for is stored for its time, which begins now.</summary>
    private async Task<List<RunWorkflowInstanceResponse>> SendAsync(Stimulus stimulus, string? bookmarkId, CancellationToken ct)
    {
        var reached = await DeliverAsync(stimulus, bookmarkId, ct);
        if (reached.Count > 0)
            return reached;
        var waiting = stimulus with { CreatedAt = time.GetUtcNow(), ExpiresAt = time.GetUtcNow() + StimulusStore.Default };
        await stimuli.StoreAsync(waiting, ct);
        session.AfterCommit(token => DeliverStoredAsync(waiting, token));
        return reached;
    }

    private async Task<List<RunWorkflowInstanceResponse>> DeliverAsync(Stimulus stimulus, string? bookmarkId, CancellationToken ct)
    {
        var reached = new List<RunWorkflowInstanceResponse>();
        var input = stimulus.ReadInput();
        if (stimulus is { InstanceId: { } named, CorrelationId: null })
        {
            // Who is meant is known: its bookmarks come with its state.
            if (await runner.ResumeAsync(named, bookmark => stimulus.Matches(bookmark) && (bookmarkId ?? bookmark.Id) == bookmark.Id, input, ct) is { } woken)
                reached.Add(InstanceRunner.ToResponse(woken));
            return reached;
        }

        if (stimulus.InstanceId is null && stimulus.ActivityInstanceId is null && bookmarkId is null)
        {
            foreach (var trigger in await stimuli.FindTriggersAsync(stimulus.Hash, ct))
            {
                if (await starter.TryStartAsync(WorkflowDefinitionHandle.ByDefinitionVersionId(trigger.VersionId), new() { CorrelationId = stimulus.CorrelationId, TriggerActivityId = trigger.ActivityId, Input = input }, ct) is { } started)
                    reached.Add(InstanceRunner.ToResponse(started));
            }
        }

        foreach (var instance in (await stimuli.FindBookmarksAsync(stimulus, bookmarkId, ct)).GroupBy(match => match.InstanceId, StringComparer.Ordinal))
        {
            var ids = instance.Select(match => match.BookmarkId).ToHashSet(StringComparer.Ordinal);
            if (await runner.ResumeAsync(instance.Key, bookmark => ids.Contains(bookmark.Id), input, ct) is { } resumed)
                reached.Add(InstanceRunner.ToResponse(resumed));
        }

        return reached;
    }

    /// <summary>Looks again after the commit: a bookmark may have been committed between the first look and the stimulus.</summary>
    private async Task DeliverStoredAsync(Stimulus stimulus, CancellationToken ct)
    {
        await stimuli.PassAsync(stimulus.Hash, ct);
        await session.InBurstAsync(async token =>
        {
            foreach (var instanceId in (await stimuli.FindBookmarksAsync(stimulus, null, token)).Select(match => match.InstanceId).Distinct(StringComparer.Ordinal))
            {
                if (await stimuli.ClaimForAsync(stimulus.Hash, instanceId, token) is not { } claimed)
                    return false;
                if (await runner.ResumeAsync(instanceId, claimed.Matches, claimed.ReadInput(), token) is null)
                    await stimuli.StoreAsync(claimed, token);
            }

            return true;
        }, ct);
    }
}
