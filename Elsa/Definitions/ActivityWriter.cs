using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Elsa.Expressions;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Activities.Flowchart.Models;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Definitions;

/// <summary>Writes activities as a definition's JSON.</summary>
internal sealed class ActivityWriter(ActivityRegistry registry, WellKnownTypeRegistry types, RegisteredTypes registered)
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public JsonObject Write(IActivity activity, string? parentNodeId)
    {
        var json = new JsonObject();
        var descriptor = registry.DescriptorOf(activity);
        var nodeId = parentNodeId is null ? activity.Id : $"{parentNodeId}:{activity.Id}";
        foreach (var input in descriptor.Inputs)
            Set(json, input.JsonName, input.ValueGetter(activity) is Input wrapped ? WriteInput(input, wrapped) : WriteValue(input.ValueGetter(activity), nodeId));
        foreach (var output in descriptor.Outputs)
        {
            var target = output.ValueGetter(activity) is Output yielded && yielded.MemoryBlockReference() is { Id: { } id } && !id.Contains(":output-", StringComparison.Ordinal) ? id : null;
            Set(json, output.JsonName, target is null ? null : new JsonObject { ["typeName"] = types.NameOf(output.Type), ["memoryReference"] = new JsonObject { ["id"] = target } });
        }

        (json["id"], json["nodeId"], json["name"], json["type"], json["version"]) = (activity.Id, nodeId, activity.Name, activity.Type, activity.Version);
        var custom = (JsonObject)JsonSerializer.SerializeToNode(activity.CustomProperties, Plain)!;
        custom["canStartWorkflow"] = activity.GetCanStartWorkflow();
        custom["runAsynchronously"] = activity.GetRunAsynchronously() ?? false;
        json["customProperties"] = custom;
        json["metadata"] = JsonSerializer.SerializeToNode(activity.Metadata, Plain);
        foreach (var plain in descriptor.PlainProperties.Where(plain => !(activity is Flowchart && plain.Property.Name is nameof(Flowchart.Start) or nameof(Flowchart.Connections))))
            Set(json, plain.Property.Name, WriteValue(plain.Get(activity), nodeId));
        if (activity is DefinitionActivity used)
        {
            var latest = registry.FindDefinition(used.WorkflowDefinitionId) ?? descriptor;
            Set(json, nameof(DefinitionActivity.LatestAvailablePublishedVersion), latest.Version);
            Set(json, nameof(DefinitionActivity.LatestAvailablePublishedVersionId), (string)latest.ConstructionProperties["WorkflowDefinitionVersionId"]);
        }

        if (activity is Flowchart flowchart)
            json["connections"] = new JsonArray([.. flowchart.Connections.Select(WriteConnection)]);
        foreach (var (name, value) in activity.SyntheticProperties)
            Put(json, name, JsonSerializer.SerializeToNode(value, Plain));
        return json;
    }

    public JsonObject WriteVariable(Variable variable)
    {
        var (type, isArray) = types.ItemNameOf(variable.ValueType);
        var json = new JsonObject { ["id"] = variable.Id, ["name"] = variable.Name, ["typeName"] = type, ["isArray"] = isArray };
        if (variable.Value is { } value)
            json["value"] = value is string text ? text : value is bool or int or long or double or decimal ? Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) : JsonSerializer.Serialize(value, Plain);
        if (variable.StorageDriverType is { } driver)
            json["storageDriverTypeName"] = registered.NameOf(driver);
        return json;
    }

    /// <summary>What an activity leaves empty is written as null, as in the original.</summary>
    private static void Set(JsonObject json, string name, JsonNode? value) => json[JsonNamingPolicy.CamelCase.ConvertName(name)] = value;

    private static void Put(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
            json[JsonNamingPolicy.CamelCase.ConvertName(name)] = value;
    }

    private JsonObject WriteInput(InputDescriptor descriptor, Input input)
    {
        var json = new JsonObject { ["typeName"] = types.NameOf(descriptor.Type) };
        if (input.Expression is { } expression && expression.Type != "Delegate")
            json["expression"] = WriteExpression(expression);
        return json;
    }

    private JsonObject WriteExpression(Expression expression)
    {
        var json = new JsonObject { ["type"] = expression.Type };
        Put(json, "value", expression.Value switch
        {
            Variable variable => new JsonObject { ["id"] = variable.Id, ["name"] = variable.Name, ["typeName"] = types.NameOf(variable.ValueType) },
            InputDefinition definition => new JsonObject { ["name"] = definition.Name, ["type"] = types.NameOf(definition.Type) },
            Enum named => named.ToString(),
            TimeSpan span => span.ToString(),
            string or bool or int or long or double or decimal or null => JsonSerializer.SerializeToNode(expression.Value, Plain),
            IEnumerable many when expression.Type == "Literal" => JsonSerializer.Serialize(many, many.GetType(), Plain),
            var value => JsonSerializer.SerializeToNode(value, Plain),
        });
        return json;
    }

    private JsonNode? WriteValue(object? value, string nodeId) => value switch
    {
        null => null,
        IActivity activity => Write(activity, nodeId),
        IEnumerable<IActivity> activities => new JsonArray([.. activities.Select(activity => Write(activity, nodeId))]),
        IEnumerable<Variable> variables => new JsonArray([.. variables.Select(WriteInnerVariable)]),
        Variable variable => new JsonObject { ["id"] = variable.Id, ["name"] = variable.Name, ["typeName"] = types.NameOf(variable.ValueType) },
        Expression expression => WriteExpression(expression),
        string or Type => JsonSerializer.SerializeToNode(value.ToString(), Plain),
        IDictionary => JsonSerializer.SerializeToNode(value, Plain),
        IEnumerable items when items.Cast<object?>().Any(item => HoldsMore(item)) => new JsonArray([.. items.Cast<object?>().Select(item => WriteMembers(item!, nodeId))]),
        _ => JsonSerializer.SerializeToNode(value, value.GetType(), Plain),
    };

    /// <summary>A variable of a container.</summary>
    private JsonObject WriteInnerVariable(Variable variable)
    {
        var json = WriteVariable(variable);
        json.Remove("isArray");
        json["typeName"] = types.NameOf(variable.ValueType);
        return json;
    }

    private static bool HoldsMore(object? item) =>
        item is not null && item.GetType().GetProperties().Any(property => typeof(Expression).IsAssignableFrom(property.PropertyType) || typeof(IActivity).IsAssignableFrom(property.PropertyType));

    private JsonObject WriteMembers(object item, string nodeId)
    {
        var json = new JsonObject();
        foreach (var property in item.GetType().GetProperties().Where(property => property.CanWrite))
            Put(json, property.Name, WriteValue(property.GetValue(item), nodeId));
        return json;
    }

    private static JsonObject WriteConnection(Connection line) => new()
    {
        ["source"] = WriteEnd(line.Source),
        ["target"] = WriteEnd(line.Target),
        ["vertices"] = JsonSerializer.SerializeToNode(line.Vertices, Plain),
    };

    private static JsonObject WriteEnd(Endpoint end)
    {
        var json = new JsonObject { ["activity"] = end.Activity.Id };
        Put(json, "port", end.Port);
        return json;
    }
}
