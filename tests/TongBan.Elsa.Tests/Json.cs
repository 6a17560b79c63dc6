using System.Text.Json.Nodes;

namespace TongBan.Elsa.Tests;

/// <summary>Definitions from activities that are written out.</summary>
internal static class Json
{
    /// <summary>An input with a literal; an object or list is its JSON.</summary>
    public static JsonObject Literal(object value) => Expression("Literal", value is string text ? text : JsonValue.Create(value)!);

    public static JsonObject Script(string script) => Expression("JavaScript", script);

    public static JsonObject Expression(string type, JsonNode value) => new() { ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };

    /// <summary>An output that goes to a variable.</summary>
    public static JsonObject To(string variable) => new() { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = "v_" + variable } };

    public static JsonObject Activity(string id, string type, params (string Name, JsonNode Value)[] members)
    {
        var activity = new JsonObject { ["id"] = id, ["type"] = type };
        foreach (var (name, value) in members)
            activity[name] = value;
        return activity;
    }

    public static JsonObject Write(string text) => Activity(text, "Elsa.WriteLine", ("text", Literal(text)));

    /// <summary>Makes an activity one that starts the workflow.</summary>
    public static JsonObject Starting(JsonObject activity)
    {
        activity["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        return activity;
    }

    /// <summary>A flowchart of activities with lines as in <see cref="Flows.Chart"/>, and variables that hold anything.</summary>
    public static string Chart(string definitionId, JsonObject[] activities, string[] lines, string[]? variables = null, JsonObject? options = null)
    {
        var model = JsonNode.Parse(Flows.Chart(definitionId, [], lines, options))!.AsObject();
        model["root"]!["activities"] = new JsonArray([.. activities]);
        model["variables"] = new JsonArray([.. (variables ?? []).Select(name => new JsonObject { ["id"] = "v_" + name, ["name"] = name, ["typeName"] = "Object", ["storageDriverTypeName"] = "WorkflowInstanceStorageDriver" })]);
        return model.ToJsonString();
    }
}
