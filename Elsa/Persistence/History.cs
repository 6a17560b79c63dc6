using System.Text.Json;
using Elsa.Execution;
using Elsa.Workflows;
using Elsa.Workflows.State;
using static Elsa.Persistence.Column;

namespace Elsa.Persistence;

/// <summary>
/// What a burst did, as one row: the lines it added to the journal and the executions it ran. The views <c>elsa.journal</c> and
/// <c>elsa.executions</c> read it.
/// </summary>
internal static class History
{
    /// <summary>Whether the burst did anything that is told.</summary>
    public static bool IsEmpty(WorkflowExecutionContext workflow) => workflow.Journal.Entries.Count == 0 && workflow.Touched.Count == 0;

    public static Statement Insert(WorkflowExecutionContext workflow)
    {
        var at = workflow.UpdatedAt;
        return new("insert into elsa.history (instance_id, burst, first, at, journal, executions) select $1, $2, $3, $4, $5, $6 {from}",
            Text(workflow.Id), Number(workflow.Bursts), Number(workflow.Journal.Offset), Moment(at),
            Written(256, json => WriteJournal(json, workflow, at)), Written(1024, json => WriteExecutions(json, workflow, at)));
    }

    private static void WriteJournal(Utf8JsonWriter json, WorkflowExecutionContext workflow, DateTimeOffset at)
    {
        json.WriteStartArray();
        foreach (var entry in workflow.Journal.Entries)
        {
            json.WriteStartObject();
            json.WriteString("id", Identity.Brief(workflow.Id, entry.Context.Id));
            json.WriteString("event", entry.Event);
            WriteText(json, "message", entry.Message);
            WriteText(json, "source", entry.Source);
            if (entry.Payload is not null)
            {
                json.WritePropertyName("payload");
                StoredValues.Write(json, entry.Payload, isPlain: true);
            }

            json.WriteNumber("at", Microseconds(at, entry.At));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteExecutions(Utf8JsonWriter json, WorkflowExecutionContext workflow, DateTimeOffset at)
    {
        var waiting = workflow.Bookmarks.Select(bookmark => bookmark.ActivityInstanceId).ToHashSet(StringComparer.Ordinal);
        json.WriteStartArray();
        foreach (var context in workflow.Touched)
        {
            json.WriteStartObject();
            WritePlace(json, workflow.Id, context);
            WriteState(json, context, waiting.Contains(context.Id), at);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePlace(Utf8JsonWriter json, string instanceId, ActivityExecutionContext context)
    {
        var activity = context.Activity;
        json.WriteString("id", Identity.Brief(instanceId, context.Id));
        if (context.Number is { } number)
            json.WriteNumber("n", number);
        if (context.ParentActivityExecutionContext is { } parent)
            json.WriteString("in", Identity.Brief(instanceId, parent.Id));
        json.WriteString("activity", activity.Id);
        json.WriteString("node", context.NodeId);
        json.WriteString("type", activity.Type);
        if (activity.Version != 1)
            json.WriteNumber("version", activity.Version);
        WriteText(json, "name", activity.Name);
        if (context.SchedulingActivityExecutionId is { } by)
            json.WriteString("by", Identity.Brief(instanceId, by));
        WriteText(json, "byActivity", context.SchedulingActivityId);
        if (context.CallStackDepth > 0)
            json.WriteNumber("depth", context.CallStackDepth);
    }

    private static void WriteState(Utf8JsonWriter json, ActivityExecutionContext context, bool waits, DateTimeOffset at)
    {
        if (context.Status != ActivityStatus.Completed)
            json.WriteString("status", context.Status.ToString());
        if (waits)
            json.WriteBoolean("waits", true);
        if (context.AggregateFaultCount > 0)
            json.WriteNumber("faults", context.AggregateFaultCount);
        var kept = context.Kept;
        StoredValues.WriteMap(json, "state", kept is null ? context.ActivityState! : kept.Of(KeptValues.Inputs, context.ActivityState!), isPlain: true);
        StoredValues.WriteMap(json, "outputs", kept is null ? context.YieldedOutputs : kept.Of(KeptValues.Outputs, context.YieldedOutputs), isPlain: true);
        StoredValues.WriteMap(json, "payload", kept is null ? context.StoredJournalData! : kept.OfState(context.StoredJournalData!), isPlain: true);
        if (context.Exception is { } exception)
        {
            json.WritePropertyName("exception");
            ExceptionJson.Write(json, ExceptionState.FromException(exception));
        }

        json.WriteNumber("started", Microseconds(at, context.StartedAt));
        if (context.CompletedAt is { } completed)
            json.WriteNumber("completed", Microseconds(at, completed));
    }

    private static long Microseconds(DateTimeOffset from, DateTimeOffset to) => (to - from).Ticks / TimeSpan.TicksPerMicrosecond;

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}
