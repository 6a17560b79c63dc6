using Elsa.Execution;
using Elsa.Extensions;
using Elsa.Persistence;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime.Messages;
using Elsa.Workflows.Runtime.Stimuli;

namespace Elsa.Runtime;

/// <summary>How an instance begins.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Graph">The compiled version.</param>
internal sealed record NewInstance(string Id, WorkflowGraph Graph)
{
    /// <summary>The revision that must still be the published one; null when that is known.</summary>
    public int? RememberedRevision { get; init; }

    public string? CorrelationId { get; init; }

    public string? Name { get; init; }

    public string? ParentId { get; init; }

    /// <summary>The execution of another instance that starts it.</summary>
    public string? StartedBy { get; init; }

    public string? TriggerActivityId { get; init; }

    /// <summary>The activity that is run alone; null for the workflow.</summary>
    public ActivityNode? Activity { get; init; }

    /// <summary>Variables beside those that the definition declares.</summary>
    public IDictionary<string, object>? Variables { get; init; }

    public IDictionary<string, object>? Input { get; init; }

    public IDictionary<string, object>? Properties { get; init; }

    /// <summary>The stimulus that the parent waits for; null when it does not wait.</summary>
    public string? ParentStimulus { get; init; }
}

/// <summary>Runs bursts: load under lock, run, store, all in one transaction.</summary>
internal sealed class InstanceRunner(DatabaseSession session, InstanceStore instances, StimulusStore stimuli, SavepointGuard guard, InstanceChanges changes, IEnumerable<IBurstParticipant> participants, IServiceProvider services, TimeProvider time)
{
    private const string ParentStimulusKey = "ParentStimulus";

    /// <summary>The property of an instance that has not begun which names the trigger it is to begin with.</summary>
    private const string TriggerKey = "TriggerActivityId";

    /// <summary>Creates an instance, and runs it unless it is to run later.</summary>
    public Task<WorkflowExecutionContext> StartAsync(NewInstance request, bool run, CancellationToken ct) => session.InBurstAsync(async token =>
    {
        var workflow = new WorkflowExecutionContext(services, request.Graph, request.Id, time, token)
        {
            CorrelationId = request.CorrelationId,
            Name = request.Name,
            ParentWorkflowInstanceId = request.ParentId,
            TriggerActivityId = request.TriggerActivityId,
            RememberedRevision = request.RememberedRevision,
            StartInput = request.Input ?? new Dictionary<string, object>(StringComparer.Ordinal),
        };
        foreach (var (key, value) in request.Properties ?? new Dictionary<string, object>(StringComparer.Ordinal))
            workflow.Properties[key] = value;
        if (request.StartedBy is { } execution)
            workflow.Properties[WorkflowExecutionContext.StartedByKey] = execution;
        if (request.ParentStimulus is { } stimulus)
            workflow.Properties[ParentStimulusKey] = stimulus;
        if (!run && request.TriggerActivityId is { } trigger)
            workflow.Properties[TriggerKey] = trigger;
        workflow.Input = Overlay(workflow.StartInput, null);
        if (run)
            await RunAsync(workflow, null, () => BeginAsync(workflow, request), token);
        else
            await instances.SaveAsync(workflow, null, token);
        return workflow;
    }, ct);

    /// <summary>Runs an instance that was created to run later. Null when it is gone or has begun.</summary>
    public Task<WorkflowExecutionContext?> RunPendingAsync(string instanceId, string? triggerActivityId, CancellationToken ct) =>
        OnInstanceAsync(instanceId, null, workflow => workflow.SubStatus != WorkflowSubStatus.Pending ? null : () =>
        {
            workflow.Properties.Remove(TriggerKey, out var kept);
            workflow.TriggerActivityId = triggerActivityId ?? kept as string;
            return Burst.StartAsync(workflow);
        }, ct);

    /// <summary>Resumes the bookmarks of an instance that a predicate picks. Null when none is left: someone else was faster.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="pick">Which of its bookmarks.</param>
    /// <param name="input">What the stimulus brings; null for nothing.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="late">What the journal says of a timer that fires late; null for nothing.</param>
    public Task<WorkflowExecutionContext?> ResumeAsync(string instanceId, Func<Bookmark, bool> pick, IDictionary<string, object>? input, CancellationToken ct, string? late = null) =>
        OnInstanceAsync(instanceId, input, workflow =>
        {
            var picked = workflow.Status == WorkflowStatus.Finished ? [] : workflow.Bookmarks.Where(pick).ToList();
            return picked.Count == 0 ? null : async () =>
            {
                foreach (var bookmark in picked)
                {
                    if (late is not null)
                        workflow.FindContext(bookmark.ActivityInstanceId)?.AddExecutionLogEntry("Late", late);
                    if (workflow.Bookmarks.Contains(bookmark)) // An earlier one may have cancelled it.
                        await Burst.ResumeAsync(workflow, bookmark);
                }
            };
        }, ct);

    /// <summary>Changes an instance under its lock and stores it. The work is null when there is nothing to do.</summary>
    public Task<WorkflowExecutionContext?> OnInstanceAsync(string instanceId, IDictionary<string, object>? input, Func<WorkflowExecutionContext, Func<Task>?> prepare, CancellationToken ct) =>
        session.InBurstAsync(async token =>
        {
            // Checkpoint 1: a crash anywhere before the commit leaves the instance as it was, and its stimulus unanswered.
            var loaded = await instances.LoadAsync(instanceId, token);
            if (loaded is null)
                return null;
            var workflow = loaded.Workflow;
            workflow.StimulusInput = input;
            workflow.Input = Overlay(workflow.StartInput, input);
            if (prepare(workflow) is not { } work)
            {
                // Only who has it locked may say so: another burst may be about to bring what was looked for.
                await session.BeginAsync(token);
                return null;
            }

            await RunAsync(workflow, loaded.Bookmarks, work, token);
            return workflow;
        }, ct);

    public static RunWorkflowInstanceResponse ToResponse(WorkflowExecutionContext workflow, bool withOutput = false) => new()
    {
        WorkflowInstanceId = workflow.Id,
        Status = workflow.Status,
        SubStatus = workflow.SubStatus,
        Bookmarks = workflow.Bookmarks,
        Incidents = workflow.Incidents,
        Output = withOutput ? workflow.Output : null,
    };

    /// <summary>With variables of its own the first execution is opened here: they are there before it runs. A single activity stands where the workflow otherwise does, and nothing follows it.</summary>
    private static Task BeginAsync(WorkflowExecutionContext workflow, NewInstance request)
    {
        if (request is { Activity: null, Variables: null or { Count: 0 } })
            return Burst.StartAsync(workflow);
        var number = ++workflow.Opened;
        var first = new ActivityExecutionContext(Identity.OfExecution(workflow.Id, number), workflow, null, request.Activity ?? workflow.Graph.Root, workflow.Now) { Number = number };
        workflow.Enter(first);
        first.ExpressionExecutionContext.Memory.Declare(workflow.Variables);
        foreach (var (name, value) in request.Variables ?? new Dictionary<string, object>(StringComparer.Ordinal))
            first.ExpressionExecutionContext.CreateVariable(name, value);
        return Burst.RepeatAsync(workflow, first);
    }

    private async Task RunAsync(WorkflowExecutionContext workflow, IReadOnlyDictionary<string, string?>? known, Func<Task> work, CancellationToken ct)
    {
        guard.Reset();
        await work();
        foreach (var participant in participants.Where(participant => participant.Concerns(workflow)))
        {
            await session.BeginAsync(ct);
            await participant.OnBurstAsync(workflow, ct);
        }

        await LogPersistenceRules.DecideAsync(workflow);
        // Checkpoint 2: a crash here means the burst has run and nothing of it is stored; it runs again from the same state. What activities wrote is rolled back with it.
        await instances.SaveAsync(workflow, known, ct);
        if (workflow.Status == WorkflowStatus.Finished)
            await TellParentAsync(workflow, ct);
        // Checkpoint 3: stored but not committed; the same as before.
        var added = workflow.Bookmarks.Where(bookmark => known?.ContainsKey(bookmark.Id) != true).ToList();
        if (workflow.Status == WorkflowStatus.Running)
            AskForWaiting(workflow.Id, added);
        session.AfterCommit(token => changes.PublishAsync(workflow, token));
    }

    /// <summary>
    /// A stimulus may have come before its bookmark. A burst that stores a bookmark holds its hash shared until it has committed, and
    /// looks for stimuli before that. A sender stores, waits until it can hold the hash alone, and then looks for bookmarks: so one
    /// of the two sees the other.
    /// </summary>
    private void AskForWaiting(string instanceId, List<Bookmark> added)
    {
        foreach (var bookmark in added.Where(bookmark => bookmark.Payload is ITimedStimulus timed && timed.DueAt <= time.GetUtcNow()))
            session.AfterCommit(token => ResumeAsync(instanceId, candidate => candidate.Id == bookmark.Id, null, token));
        var hashes = added.Where(bookmark => bookmark.Payload is not ITimedStimulus).Select(bookmark => bookmark.Hash).Distinct(StringComparer.Ordinal).ToArray();
        if (hashes.Length > 0)
            session.WatchAtCommit(hashes, token => DeliverWaitingAsync(instanceId, hashes, token));
    }

    private async Task DeliverWaitingAsync(string instanceId, string[] hashes, CancellationToken ct)
    {
        foreach (var hash in hashes)
        {
            await session.InBurstAsync(async token =>
            {
                if (await stimuli.ClaimForAsync(hash, instanceId, token) is { } stimulus
                    && await ResumeAsync(instanceId, bookmark => stimulus.Matches(bookmark), stimulus.ReadInput(), token) is null)
                    await stimuli.StoreAsync(stimulus, token); // The bookmark went another way meanwhile; the stimulus waits for the next one.
                return true;
            }, ct);
        }
    }

    private async Task TellParentAsync(WorkflowExecutionContext workflow, CancellationToken ct)
    {
        if (workflow.ParentWorkflowInstanceId is not { } parentId || workflow.GetProperty<string>(ParentStimulusKey) is not { } name)
            return;
        // A cancelled child says nothing to a parent that waits for it alone; one of many must be counted, or its parent waits for ever.
        if (workflow.SubStatus == WorkflowSubStatus.Cancelled && name != ChildStarter.Bulk)
            return;
        var stimulus = new Stimulus(ParentHash(workflow, name, parentId))
        {
            InstanceId = parentId,
            Input = StoredValues.ToColumn(ChildResult(workflow, name)!),
            CreatedAt = time.GetUtcNow(),
            ExpiresAt = time.GetUtcNow() + (workflow.SubStatus == WorkflowSubStatus.Cancelled ? StimulusStore.Default : StimulusStore.ForChildren), // Its parent may have been cancelled before it.
        };
        // The parent's row is not locked here: a parent locks itself before its children, so a child must not lock upwards.
        await stimuli.StoreAsync(stimulus, ct);
        session.AfterCommit(token => DeliverToAsync(parentId, stimulus.Hash, token));
    }

    private static string ParentHash(WorkflowExecutionContext child, string name, string parentId) => name switch
    {
        ChildStarter.Bulk => StimulusHash.Of(name, new BulkDispatchWorkflowsStimulus(parentId), child.StartedBy),
        ChildStarter.Dispatch => StimulusHash.Of(name, new DispatchWorkflowStimulus(child.Id)),
        _ => StimulusHash.Of(name, new ExecuteWorkflowStimulus(child.Id)),
    };

    private static IEnumerable<KeyValuePair<string, object>> ChildResult(WorkflowExecutionContext child, string name) => name == ChildStarter.Bulk
        ?
        [
            new("WorkflowOutput", child.Output),
            new("WorkflowInstanceId", child.Id),
            new("WorkflowStatus", child.Status.ToString()),
            new("WorkflowSubStatus", child.SubStatus.ToString()),
        ]
        : child.Output.Append(new(ChildStarter.SubStatusKey, child.SubStatus.ToString()));

    private async Task DeliverToAsync(string instanceId, string hash, CancellationToken ct)
    {
        await stimuli.PassAsync(hash, ct);
        await DeliverWaitingAsync(instanceId, [hash], ct);
    }

    private static Dictionary<string, object> Overlay(IDictionary<string, object> below, IDictionary<string, object>? above)
    {
        var merged = new Dictionary<string, object>(below, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in above ?? new Dictionary<string, object>(StringComparer.Ordinal))
            merged[key] = value;
        return merged;
    }
}
