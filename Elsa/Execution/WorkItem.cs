using System.Collections;
using Elsa.Workflows;
using Elsa.Workflows.Models;
using Elsa.Workflows.Options;

namespace Elsa.Execution;

/// <summary>An activity that is to run.</summary>
/// <param name="Node">Which.</param>
/// <param name="Owner">Inside which execution; null for the workflow itself.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Rounds">In a flowchart, the loop rounds it belongs to.</param>
/// <param name="ScheduledBy">The execution that asked.</param>
internal sealed record WorkItem(ActivityNode Node, ActivityExecutionContext? Owner, ScheduleWorkOptions? Options = null, Flow.Rounds? Rounds = null, ActivityExecutionContext? ScheduledBy = null);

/// <summary>What is to run in this burst, first in first out. Nothing is left in it when a burst ends.</summary>
internal sealed class WorkQueue : IEnumerable<WorkItem>
{
    private readonly LinkedList<WorkItem> _items = [];

    public void Enqueue(WorkItem item) => _items.AddLast(item);

    public bool TryDequeue(out WorkItem item)
    {
        item = _items.First?.Value!;
        if (item is null)
            return false;
        _items.RemoveFirst();
        return true;
    }

    public void Clear() => _items.Clear();

    public bool IsEmpty => _items.Count == 0;

    public IEnumerator<WorkItem> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
