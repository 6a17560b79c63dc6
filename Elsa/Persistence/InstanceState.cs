using System.Text.Json;
using Elsa.Execution;
using Elsa.Expressions.Models;
using Elsa.Runtime;
using Elsa.Workflows;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Persistence;

/// <summary>
/// The part of an instance that has no column of its own. Names are short: the text is written and read on every burst.
/// Executions stand parents first.
/// </summary>
internal static class InstanceState
{
    public static void Write(Utf8JsonWriter json, WorkflowExecutionContext workflow)
    {
        json.WriteStartObject();
        json.WriteNumber("opened", workflow.Opened);
        StoredValues.WriteMap(json, "input", workflow.StartInput!);
        StoredValues.WriteMap(json, "output", workflow.Output!);
        StoredValues.WriteMap(json, "properties", workflow.Properties!);
        WriteOutputs(json, workflow);
        WriteIncidents(json, workflow.Incidents);
        json.WriteStartArray("executions");
        if (workflow.RootContext is { } root)
            Write(json, root, workflow.Status == WorkflowStatus.Running);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Read(ReadOnlyMemory<byte> text, WorkflowExecutionContext workflow)
    {
        using var document = JsonDocument.Parse(text, StoredValues.Deep);
        var json = document.RootElement;
        workflow.Opened = json.TryGetProperty("opened", out var opened) ? opened.GetInt32() : 0;
        workflow.StartInput = StoredValues.ReadMap(json, "input");
        workflow.Output = StoredValues.ReadMap(json, "output");
        workflow.Properties = StoredValues.ReadMap(json, "properties");
        if (json.TryGetProperty("outputs", out var outputs))
        {
            foreach (var activity in outputs.EnumerateObject())
                workflow.Outputs[activity.Name] = activity.Value.EnumerateObject().ToDictionary(output => output.Name, output => StoredValues.Read(output.Value), StringComparer.OrdinalIgnoreCase);
        }

        workflow.Incidents = ReadIncidents(json);
        foreach (var execution in json.GetProperty("executions").EnumerateArray())
            ReadExecution(execution, workflow);
    }

    public static List<ActivityIncident> ReadIncidents(JsonElement state) =>
        state.TryGetProperty("incidents", out var incidents) ? [.. incidents.EnumerateArray().Select(ReadIncident)] : [];

    private static void WriteOutputs(Utf8JsonWriter json, WorkflowExecutionContext workflow)
    {
        if (workflow.Outputs.Count == 0 || workflow.Status == WorkflowStatus.Finished)
            return;
        json.WriteStartObject("outputs");
        foreach (var (activity, values) in workflow.Outputs)
            StoredValues.WriteMap(json, activity, workflow.PassingOutputs.Count == 0 ? values : values.Where(value => !workflow.PassingOutputs.Contains((activity, value.Key))));
        json.WriteEndObject();
    }

    private static void WriteIncidents(Utf8JsonWriter json, ICollection<ActivityIncident> incidents)
    {
        if (incidents.Count == 0)
            return;
        json.WriteStartArray("incidents");
        foreach (var incident in incidents)
        {
            json.WriteStartObject();
            json.WriteString("activity", incident.ActivityId);
            json.WriteString("node", incident.ActivityNodeId);
            json.WriteString("execution", incident.ActivityInstanceId);
            json.WriteString("type", incident.ActivityType);
            json.WriteString("message", incident.Message);
            json.WriteString("at", incident.Timestamp);
            json.WritePropertyName("exception");
            ExceptionJson.Write(json, incident.Exception);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ActivityIncident ReadIncident(JsonElement json) => new(
        json.GetProperty("activity").GetString()!,
        json.GetProperty("node").GetString()!,
        json.GetProperty("type").GetString()!,
        json.GetProperty("message").GetString()!,
        ExceptionJson.Read(json.GetProperty("exception")),
        json.GetProperty("at").GetDateTimeOffset(),
        json.GetProperty("execution").GetString());

    private static void Write(Utf8JsonWriter json, ActivityExecutionContext context, bool withChildren)
    {
        json.WriteStartObject();
        var instanceId = context.WorkflowExecutionContext.Id;
        json.WriteString("id", Identity.Brief(instanceId, context.Id));
        json.WriteString("node", context.NodeId);
        if (context.ParentActivityExecutionContext is { } parent)
            json.WriteString("in", Identity.Brief(instanceId, parent.Id));
        if (context.Status != ActivityStatus.Running)
            json.WriteString("status", context.Status.ToString());
        json.WriteString("at", context.StartedAt);
        if (context.CompletionCallback is { } callback)
            json.WriteString("then", callback.Method.Name);
        if (context.AggregateFaultCount > 0)
            json.WriteNumber("faults", context.AggregateFaultCount);
        if (context.CallStackDepth > 0)
            json.WriteNumber("depth", context.CallStackDepth);
        if (context.SchedulingActivityExecutionId is { } scheduler)
            json.WriteString("by", Identity.Brief(instanceId, scheduler));
        if (context.SchedulingActivityId is { } activity)
            json.WriteString("byActivity", activity);
        if (context.Tag is { } tag)
        {
            json.WritePropertyName("tag");
            StoredValues.Write(json, tag);
        }

        if (context.Rounds is { } rounds)
            StoredValues.WriteMap(json, "rounds", rounds.Of.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value)));
        StoredValues.WriteMap(json, "properties", context.StoredProperties!);
        StoredValues.WriteMap(json, "metadata", context.StoredMetadata!);
        if (context.StoredDynamicVariables is { Count: > 0 } dynamic)
        {
            StoredValues.WriteMap(json, "own", dynamic.Select(variable => KeyValuePair.Create(variable.Id, (object?)variable.Name)));
            StoredValues.WriteMap(json, "drivers", dynamic.Where(variable => !DrivenVariables.IsOwn(variable.StorageDriverType)).Select(variable => KeyValuePair.Create(variable.Id, (object?)variable.StorageDriverType!.AssemblyQualifiedName)));
        }

        StoredValues.WriteMap(json, "memory", Memory(context));
        json.WriteEndObject();
        if (!withChildren || context.StoredChildren is not { } children)
            return;
        foreach (var child in children)
            Write(json, child, withChildren);
    }

    private static IEnumerable<KeyValuePair<string, object?>>? Memory(ActivityExecutionContext context)
    {
        var memory = context.ExpressionExecutionContext.Memory;
        return memory.IsEmpty ? null : memory.Blocks.Where(IsKept).Select(block => KeyValuePair.Create(block.Key, block.Value.Value));
    }

    /// <summary>Inputs and outputs are kept; of variables those that ask for it, and those an activity made while running.</summary>
    private static bool IsKept(KeyValuePair<string, MemoryBlock> block) =>
        block.Value.Metadata is not VariableBlockMetadata { Variable: var variable } || variable.StorageDriverType == typeof(WorkflowInstanceStorageDriver);

    private static void ReadExecution(JsonElement json, WorkflowExecutionContext workflow)
    {
        var parent = json.TryGetProperty("in", out var parentId) ? workflow.FindContext(Identity.Full(workflow.Id, parentId.GetString()!)) : null;
        var node = workflow.Graph.FindNode(json.GetProperty("node").GetString()!)
            ?? throw new InvalidOperationException($"Instance {workflow.Id} stands at '{json.GetProperty("node").GetString()}', which its definition does not have.");
        var context = new ActivityExecutionContext(Identity.Full(workflow.Id, json.GetProperty("id").GetString()!), workflow, parent, node, json.GetProperty("at").GetDateTimeOffset())
        {
            AggregateFaultCount = json.TryGetProperty("faults", out var faults) ? faults.GetInt32() : 0,
            CallStackDepth = json.TryGetProperty("depth", out var depth) ? depth.GetInt32() : 0,
            SchedulingActivityExecutionId = json.TryGetProperty("by", out var by) ? Identity.Full(workflow.Id, by.GetString()!) : null,
            SchedulingWorkflowInstanceId = by.ValueKind == JsonValueKind.String ? Identity.OtherInstanceOf(by.GetString(), workflow.Id) : null,
            SchedulingActivityId = json.TryGetProperty("byActivity", out var byActivity) ? byActivity.GetString() : null,
            Tag = json.TryGetProperty("tag", out var tag) ? StoredValues.Read(tag) : null,
            Rounds = json.TryGetProperty("rounds", out var rounds) ? new Flow.Rounds([.. rounds.EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.GetInt32()))]) : null,
            CompletionCallback = json.TryGetProperty("then", out var then) ? parent?.ActivityNode.FindCompletion(then.GetString()) : null,
        };
        context.Restore(json.TryGetProperty("status", out var status) ? Enum.Parse<ActivityStatus>(status.GetString()!) : ActivityStatus.Running);
        if (json.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
                context.Properties[property.Name] = property.Value.Clone();
        }

        foreach (var (name, value) in StoredValues.ReadMap(json, "metadata"))
            context.Metadata[name] = value;
        ReadMemory(json, context);
        workflow.Restore(context);
    }

    private static void ReadMemory(JsonElement json, ActivityExecutionContext context)
    {
        if (json.TryGetProperty("own", out var own))
        {
            var drivers = StoredValues.ReadMap(json, "drivers");
            foreach (var variable in own.EnumerateObject())
                context.DynamicVariables.Add(new Variable { Id = variable.Name, Name = variable.Value.GetString()!, StorageDriverType = drivers.TryGetValue(variable.Name, out var driver) ? Type.GetType((string)driver, throwOnError: false) : typeof(WorkflowInstanceStorageDriver) });
            context.WorkflowExecutionContext.HasDrivenVariables |= drivers.Count > 0;
        }

        var memory = context.ExpressionExecutionContext.Memory;
        foreach (var variable in context.Variables)
            memory.Declare(variable);
        if (!json.TryGetProperty("memory", out var values))
            return;
        foreach (var value in values.EnumerateObject())
        {
            if (memory.TryGetBlock(value.Name, out var block))
                block.Value = block.Metadata is VariableBlockMetadata { Variable: var variable } ? Elsa.Expressions.Helpers.ObjectConverter.ConvertTo(StoredValues.Read(value.Value), variable.ValueType) : StoredValues.Read(value.Value);
            else
                memory.Blocks[value.Name] = new MemoryBlock(StoredValues.Read(value.Value));
        }
    }
}
