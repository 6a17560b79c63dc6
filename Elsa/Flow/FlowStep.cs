using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Activities.Flowchart.Models;

namespace Elsa.Flow;

/// <summary>
/// How a flowchart goes on after one of its activities. Work is what runs, what is queued, and what has arrived at a join.
/// A join waits while work of its round is upstream of it: that is all there is to forks, merges, dead branches and loops.
/// </summary>
internal sealed class FlowStep(Flowchart flowchart, ActivityExecutionContext context, FlowMap map, FlowScope scope)
{
    /// <summary>Follows the outcomes of a completed activity.</summary>
    public async ValueTask FollowAsync(ActivityExecutionContext completed, Outcomes outcomes)
    {
        var lines = map.Find(completed.Activity)?.Out ?? [];
        for (var i = 0; i < lines.Count; i++)
        {
            if (outcomes.Names.Contains(lines[i].Port, StringComparer.Ordinal))
                await FollowAsync(lines[i], completed);
            if (scope.Arrivals.Count > 0 && i + 1 < lines.Count)
                await ReleaseAsync(completed, Ahead(lines, i + 1, completed.Rounds)); // What a line sets free is queued before what the next line leads to, as in the original.
        }

        await SettleAsync(completed);
    }

    private async ValueTask FollowAsync(FlowLine line, ActivityExecutionContext completed)
    {
        var rounds = Rounds.Keep(completed.Rounds, line.Target.Loops);
        if (line.IsBack)
            Schedule(line.Target, Rounds.Enter(rounds, line.Target.Id, ++scope.RoundCount), completed);
        else if (line.Target.Merges || line.Target.Activity is FlowJoin)
            await ArriveAsync(line, rounds, completed);
        else
            Schedule(line.Target, rounds, completed);
    }

    /// <summary>Where the lines lead that are still to be looked at; whether they are followed does not count yet.</summary>
    private static List<(FlowStop Stop, Rounds? Rounds)> Ahead(List<FlowLine> lines, int from, Rounds? rounds) =>
        [.. lines.Skip(from).Where(line => !line.IsBack).Select(line => (line.Target, Rounds.Keep(rounds, line.Target.Loops)))];

    /// <summary>Lets joins go on that nothing can reach any more, and completes the flowchart when nothing is left.</summary>
    public async ValueTask SettleAsync(ActivityExecutionContext? completed = null)
    {
        if (scope.Arrivals.Count > 0)
            await ReleaseAsync(completed, []);
        scope.Passed.RemoveAll(passed => !HasUpstream(map.Find(passed.Join)!, passed.Rounds));
        if (context.StoredChildren is null or { Count: 0 } && !context.WorkflowExecutionContext.Scheduled.Any(item => item.Owner == context))
            await context.CompleteActivityAsync();
    }

    /// <summary>Ends what has begun on the way to joins that went on with the first arrival; nothing is queued any more.</summary>
    public async ValueTask EndLateAsync()
    {
        var ended = false;
        foreach (var passed in scope.Passed.ToList())
            ended |= await EndUpstreamAsync(map.Find(passed.Join)!.Activity, passed.Rounds, mayBeFaulted: false);
        if (ended)
            await SettleAsync();
    }

    /// <summary>Ends what has begun and what a join that goes on with the first arrival no longer waits for. What is queued still runs, as in the original.</summary>
    /// <returns>Whether there was anything.</returns>
    public async ValueTask<bool> EndUpstreamAsync(IActivity join, Rounds? rounds, bool mayBeFaulted = true)
    {
        if (map.Find(join) is not { } stop || context.StoredChildren is not { } children)
            return false;
        var upstream = children.Where(child => child.Activity != join && (mayBeFaulted || child.Status != ActivityStatus.Faulted) && IsUpstream(stop, rounds, child.Activity.Id, child.Rounds)).ToList();
        foreach (var child in upstream)
            await child.CancelAsync();
        return upstream.Count > 0;
    }

    private void Schedule(FlowStop stop, Rounds? rounds, ActivityExecutionContext? by) =>
        context.Schedule(stop.Activity, context, new() { CompletionCallback = flowchart.OnChildCompletedAsync, SchedulingActivityExecutionId = by?.Id }, rounds);

    private async ValueTask ArriveAsync(FlowLine line, Rounds? rounds, ActivityExecutionContext completed)
    {
        var join = line.Target;
        var key = Rounds.Keep(rounds, join.Loops);
        if (await ModeOfAsync(join) != FlowJoinMode.WaitAny)
        {
            scope.Arrivals.Add(new Arrival(join.Id, join.In.IndexOf(line), key));
        }
        else if (!scope.Passed.Exists(passed => passed.Join == join.Id && Rounds.Same(passed.Rounds, key)))
        {
            scope.Passed.Add(new Passed(join.Id, key));
            Schedule(join, key, completed);
            await EndUpstreamAsync(join.Activity, key);
        }
    }

    private async ValueTask ReleaseAsync(ActivityExecutionContext? completed, List<(FlowStop Stop, Rounds? Rounds)> ahead)
    {
        for (var released = true; released;)
        {
            released = false;
            foreach (var arrival in scope.Arrivals.DistinctBy(arrival => (arrival.Join, Key(arrival.Rounds))).ToList())
            {
                var join = map.Find(arrival.Join)!;
                var together = scope.Arrivals.Where(other => other.Join == join.Id && Rounds.Same(other.Rounds, arrival.Rounds)).ToList();
                var waitsForAll = await ModeOfAsync(join) == FlowJoinMode.WaitAll;
                var isComplete = waitsForAll && join.In.Count == together.DistinctBy(other => other.Line).Count();
                if (!isComplete && (HasUpstream(join, arrival.Rounds) || ahead.Exists(other => IsBefore(join, arrival.Rounds, other.Stop, other.Rounds))))
                    continue;
                scope.Arrivals.RemoveAll(together.Contains);
                released = true; // Also when they are dropped: another join may have waited for them.
                if (isComplete || !waitsForAll)
                    Schedule(join, arrival.Rounds, completed);
            }
        }
    }

    private bool HasUpstream(FlowStop join, Rounds? rounds) =>
        context.StoredChildren?.Any(child => IsUpstream(join, rounds, child.Activity.Id, child.Rounds)) == true
        || context.WorkflowExecutionContext.Scheduled.Any(item => item.Owner == context && IsUpstream(join, rounds, item.Node.Activity.Id, item.Rounds))
        || scope.Arrivals.Exists(arrival => IsUpstream(join, rounds, arrival.Join, arrival.Rounds));

    private bool IsBefore(FlowStop join, Rounds? rounds, FlowStop stop, Rounds? itsRounds) =>
        stop == join ? Rounds.Same(rounds, Rounds.Keep(itsRounds, join.Loops)) : IsUpstream(join, rounds, stop.Id, itsRounds);

    private bool IsUpstream(FlowStop join, Rounds? rounds, string id, Rounds? itsRounds) =>
        map.IsUpstream(join, id) && Rounds.Same(rounds, Rounds.Keep(itsRounds, join.Loops));

    private static string Key(Rounds? rounds) => rounds is null ? "" : string.Join(',', rounds.Of.Select(pair => $"{pair.Key}={pair.Value}"));

    private async ValueTask<FlowJoinMode> ModeOfAsync(FlowStop stop) => stop.Activity is FlowJoin join ? await join.GetModeAsync(context) : FlowJoinMode.WaitAllActive;
}
