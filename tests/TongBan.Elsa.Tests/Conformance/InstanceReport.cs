using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Elsa.Extensions;
using Elsa.Persistence;
using Elsa.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace TongBan.Elsa.Tests.Conformance;

/// <summary>An instance in the form of the recordings.</summary>
internal static class InstanceReport
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task<string> ReadAsync(IServiceProvider services, string instanceId)
    {
        var session = services.GetRequiredService<DatabaseSession>();
        return session.InTransactionAsync(async ct =>
        {
            var workflow = (await services.GetRequiredService<InstanceStore>().LoadAsync(instanceId, ct))!.Workflow;
            var journal = await session.Connection.QueryAsync<(string Activity, string Event)>(new(
                "select e.activity_id, j.event from elsa.journal j join elsa.executions e on e.instance_id = @instanceId and e.id = j.execution_id where j.instance_id = @instanceId order by j.sequence", new { instanceId }, cancellationToken: ct));
            var writes = await session.Connection.QueryAsync<(string Activity, string Text)>(new(
                """
                select e.activity_id, e.state ->> 'Text' from elsa.executions e
                where e.instance_id = @instanceId and e.activity_type = 'Elsa.WriteLine' and (e.state -> 'Text') is not null
                order by e.number
                """, new { instanceId }, cancellationToken: ct));
            var root = workflow.RootContext;
            var report = new JsonObject
            {
                ["status"] = workflow.Status.ToString(),
                ["subStatus"] = workflow.SubStatus.ToString(),
                ["output"] = JsonNode.Parse(StoredValues.ToJson(workflow.Output, isPlain: true) ?? "{}"),
                ["variables"] = new JsonObject(workflow.Variables.Select(variable => KeyValuePair.Create(variable.Name, Value(root is null ? variable.Value : root.Get((global::Elsa.Expressions.Models.MemoryBlockReference)variable))))),
                ["writes"] = new JsonArray([.. writes.Select(write => (JsonNode)new JsonArray(write.Activity, write.Text))]),
                ["incidents"] = new JsonArray([.. workflow.Incidents.Select(incident => (JsonNode)new JsonObject { ["activityId"] = incident.ActivityId })]),
                ["bookmarks"] = new JsonObject { ["activityIds"] = new JsonArray([.. workflow.Bookmarks.Select(bookmark => (JsonNode)bookmark.ActivityId)]) },
                ["journal"] = new JsonArray([.. journal.Select(entry => (JsonNode)new JsonArray(entry.Activity, entry.Event))]),
            };
            return report.ToJsonString(Json);
        }, CancellationToken.None);
    }

    public static async Task<bool> SetVariableAsync(IServiceProvider services, string instanceId, string variableId, object? value)
    {
        await services.GetRequiredService<InstanceRunner>().OnInstanceAsync(instanceId, null, workflow => () =>
        {
            workflow.Variables.First(variable => variable.Id == variableId).Set(workflow.RootContext!, value);
            return Task.CompletedTask;
        }, CancellationToken.None);
        return true;
    }

    private static JsonNode? Value(object? value) => StoredValues.ToJson(value, isPlain: true) is { } json ? JsonNode.Parse(json) : null;
}
