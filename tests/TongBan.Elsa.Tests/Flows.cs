using System.Text.Json;
using System.Text.Json.Nodes;

namespace TongBan.Elsa.Tests;

/// <summary>Definitions in a few words: <c>"a"</c> writes its name, <c>"e:name"</c> waits for the event, <c>"j:WaitAll"</c> joins.</summary>
internal static class Flows
{
    /// <param name="definitionId">The definition.</param>
    /// <param name="activities">Each as <c>id</c>, <c>id=event:name</c>, <c>id=join:mode</c>, <c>id=fork:A,B</c>, <c>id=if:script</c>, <c>id=js:script</c> or <c>id=delay:00:00:01</c>.</param>
    /// <param name="lines">Each as <c>a.Port>b</c>; the port is <c>Done</c> when left out.</param>
    /// <param name="options">Of the definition.</param>
    public static string Chart(string definitionId, string[] activities, string[] lines, JsonObject? options = null) => new JsonObject
    {
        ["definitionId"] = definitionId,
        ["name"] = definitionId,
        ["variables"] = new JsonArray(new JsonObject { ["id"] = "v_N", ["name"] = "N", ["typeName"] = "Int32", ["value"] = "0", ["storageDriverTypeName"] = "WorkflowInstanceStorageDriver" }),
        ["options"] = options ?? [],
        ["root"] = new JsonObject
        {
            ["id"] = "flow",
            ["type"] = "Elsa.Flowchart",
            ["activities"] = new JsonArray([.. activities.Select(Activity)]),
            ["connections"] = new JsonArray([.. lines.Select(Line)]),
        },
    }.ToJsonString();

    private static JsonNode Activity(string text)
    {
        var parts = text.Split('=', 2);
        var (kind, value) = parts.Length == 1 ? ("write", parts[0]) : (parts[1].Split(':', 2)[0], parts[1].Split(':', 2)[1]);
        var activity = kind switch
        {
            "write" => With("Elsa.WriteLine", "text", "Literal", value),
            "event" => With("Elsa.Event", "eventName", "Literal", value),
            "join" => With("Elsa.FlowJoin", "mode", "Literal", value),
            "fork" => With("Elsa.FlowFork", "branches", "Object", JsonSerializer.Serialize(value.Split(','))),
            "if" => With("Elsa.FlowDecision", "condition", "JavaScript", value),
            "js" => With("Elsa.RunJavaScript", "script", "Literal", value),
            "delay" => With("Elsa.Delay", "timeSpan", "Literal", value),
            _ => With(kind, "value", "Literal", value),
        };
        activity["id"] = parts[0];
        activity["name"] = parts[0];
        return activity;
    }

    private static JsonObject With(string type, string input, string syntax, string value) =>
        new() { ["type"] = type, [input] = new JsonObject { ["expression"] = new JsonObject { ["type"] = syntax, ["value"] = value } } };

    private static JsonNode Line(string text)
    {
        var (from, to) = (text.Split('>')[0], text.Split('>')[1]);
        return new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = from.Split('.')[0], ["port"] = from.Contains('.', StringComparison.Ordinal) ? from.Split('.')[1] : "Done" },
            ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
        };
    }
}
