using System.Text.Json;
using System.Text.Json.Serialization;
using Elsa.Expressions;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Activities.Flowchart.Models;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace Elsa.Definitions;

/// <summary>Makes activities of a definition's JSON. What it does not know it keeps, so that the writer can give it back.</summary>
internal sealed class ActivityReader(ActivityRegistry registry, WellKnownTypeRegistry types, RegisteredTypes registered)
{
    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase) { "id", "nodeId", "name", "type", "version", "customProperties", "metadata", "connections", "start", "canStartWorkflow", "runAsynchronously" };
    private const int LongestQuote = 80;
    private JsonSerializerOptions? _options;

    public IReadOnlyDictionary<string, ActivityDescriptor> VersionedActivities { get; set; } = new Dictionary<string, ActivityDescriptor>(StringComparer.Ordinal);

    private JsonSerializerOptions Options => _options ??= new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new JsonStringEnumConverter(), new ActivityConverter(this), new ExpressionConverter(this), new VariableConverter(this) },
    };

    /// <exception cref="JsonException">The JSON is no activity; the message names the one it is about.</exception>
    public IActivity Read(JsonElement json)
    {
        try
        {
            return ReadActivity(json);
        }
        catch (Exception e) when (DefinitionJson.IsOfTheInput(e))
        {
            throw new JsonException($"Activity '{(json.ValueKind == JsonValueKind.Object ? Text(json, "id") : null)}' cannot be read: {e.Message}", e);
        }
    }

    private IActivity ReadActivity(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("type", out var typeName) || typeName.GetString() is not { Length: > 0 } type)
            throw new JsonException($"An activity names no type: {Shorten(json.GetRawText())}");
        ReadingLimits.Count(Text(json, "id"));
        if (type == "Elsa.NotFoundActivity" && Text(json, "originalActivityJson") is { } original)
            return ReadPlaceholder(json, original);
        if (FindDescriptor(type, json) is not { IsBeingMade: false } descriptor)
            return ReadUnknown(json, type);
        var activity = descriptor.Create();
        (activity.Type, activity.Version) = (descriptor.TypeName, descriptor.Version);
        ReadCommon(activity, json);
        foreach (var input in descriptor.Inputs)
        {
            if (FindValue(json, input) is { ValueKind: not JsonValueKind.Null } value)
                input.ValueSetter(activity, input.IsWrapped ? ReadInput(input, value) : ReadPlain(value, input.PropertyInfo?.PropertyType ?? input.Type));
        }

        foreach (var output in descriptor.Outputs)
        {
            if (FindValue(json, output) is { ValueKind: JsonValueKind.Object } value && Reference(value) is { } reference)
                output.ValueSetter(activity, Activator.CreateInstance(output.PropertyInfo?.PropertyType ?? typeof(Output<>).MakeGenericType(output.Type), reference));
        }

        foreach (var plain in descriptor.PlainProperties.Where(plain => !Common.Contains(plain.Property.Name)))
        {
            if (Find(json, plain.Property.Name) is { ValueKind: not JsonValueKind.Null } value)
                plain.Set(activity, ReadPlain(value, plain.Property.PropertyType));
        }

        if (activity is Flowchart flowchart)
            ReadConnections(flowchart, json);
        KeepRest(activity, descriptor, json);
        return activity;
    }

    private static string Shorten(string json) => json.Length > LongestQuote ? json[..LongestQuote] + "…" : json;

    private ActivityDescriptor? FindDescriptor(string type, JsonElement json) =>
        Text(json, "workflowDefinitionVersionId") is { } pinned && VersionedActivities.TryGetValue(pinned, out var version) ? version
        : Text(json, "workflowDefinitionId") is { } definition && registry.FindDefinition(definition) is { } current ? current
        : registry.Find(type, Find(json, "version") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var wanted) ? wanted : null);

    public Variable ReadVariable(JsonElement json)
    {
        var typeName = Text(json, "typeName");
        if (Find(json, "isArray") is { ValueKind: JsonValueKind.True })
            typeName += "[]";
        var variable = (Variable)Activator.CreateInstance(typeof(Variable<>).MakeGenericType(types.Find(typeName) ?? typeof(object)))!;
        variable.Name = Text(json, "name") ?? "";
        variable.Id = Text(json, "id") is { Length: > 0 } id ? id : variable.Name;
        variable.Value = Find(json, "value") is { ValueKind: not JsonValueKind.Null } value ? JsonValues.Read(value) : null;
        variable.StorageDriverType = registered.StorageDriver(Text(json, "storageDriverTypeName"));
        return variable;
    }

    public Expression ReadExpression(JsonElement json)
    {
        var type = Text(json, "type") ?? "Literal";
        object? value = Find(json, "value") is not { } raw ? null : type switch
        {
            "Variable" when Chosen(raw) is { } variable => ReadVariable(variable),
            "Input" when Chosen(raw) is { } input => new InputDefinition { Name = Text(input, "name") ?? "", Type = types.Find(Text(input, "type")) ?? typeof(object) },
            _ => JsonValues.Read(raw),
        };
        return new Expression(type, value);
    }

    /// <summary>What was picked from a list is an object; Studio's lists send it as the text of one.</summary>
    private static JsonElement? Chosen(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return value.ValueKind == JsonValueKind.Object ? value : null;
        try
        {
            var chosen = JsonSerializer.Deserialize<JsonElement>(value.GetString()!);
            return chosen.ValueKind == JsonValueKind.Object ? chosen : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static string? Text(JsonElement json, string name) => Find(json, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    internal static bool? Flag(JsonElement json, string name) => Find(json, name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    internal static JsonElement? Find(JsonElement json, string name)
    {
        if (json.TryGetProperty(JsonNamingPolicy.CamelCase.ConvertName(name), out var value))
            return value;
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }

        return null;
    }

    /// <summary>Files made by hand may have the name as it is.</summary>
    private static JsonElement? FindValue(JsonElement json, PropertyDescriptor property) => Find(json, property.JsonName) ?? Find(json, property.Name);

    private static void ReadCommon(IActivity activity, JsonElement json)
    {
        activity.Id = Text(json, "id")!;
        activity.NodeId = Text(json, "nodeId")!;
        activity.Name = Text(json, "name");
        if (Find(json, "customProperties") is { ValueKind: JsonValueKind.Object } custom)
            activity.CustomProperties = JsonValues.ReadMap(custom);
        if (Flag(json, "canStartWorkflow") == true && !activity.CustomProperties.ContainsKey("canStartWorkflow"))
            activity.SetCanStartWorkflow(true); // Where files of earlier versions have it.
        if (Find(json, "metadata") is { ValueKind: JsonValueKind.Object } metadata)
            activity.Metadata = JsonValues.ReadMap(metadata);
    }

    /// <summary>The original as it was, where the placeholder has been put since.</summary>
    private IActivity ReadPlaceholder(JsonElement json, string original)
    {
        var activity = Read(JsonDocument.Parse(original).RootElement);
        activity.Id = Text(json, "id") ?? activity.Id;
        var metadata = Find(json, "metadata") is { } found ? JsonValues.ReadMap(found) : [];
        foreach (var (name, value) in metadata.Where(member => member.Key is not ("displayText" or "description")))
            activity.Metadata[name] = value;
        return activity;
    }

    private static NotFoundActivity ReadUnknown(JsonElement json, string type)
    {
        var placeholder = new NotFoundActivity(type, null, null) { OriginalActivityJson = json.GetRawText() };
        ReadCommon(placeholder, json);
        placeholder.Metadata["displayText"] = $"Not Found: {type}";
        placeholder.Metadata["description"] = $"Could not find activity type {type} with version 0";
        return placeholder;
    }

    private Input ReadInput(InputDescriptor descriptor, JsonElement json)
    {
        var inputType = descriptor.PropertyInfo?.PropertyType ?? typeof(Input<>).MakeGenericType(descriptor.Type);
        var expression = json.ValueKind != JsonValueKind.Object || Find(json, "expression") is not { } found
            ? new Expression("Literal", JsonValues.Read(json))
            : found.ValueKind == JsonValueKind.Null ? new Expression("Literal", null) : ReadExpression(found);
        return (Input)Activator.CreateInstance(inputType, expression, new MemoryBlockReference())!;
    }

    private static MemoryBlockReference? Reference(JsonElement output) =>
        Find(output, "memoryReference") is { ValueKind: JsonValueKind.Object } reference && Text(reference, "id") is { Length: > 0 } id ? new MemoryBlockReference(id) : null;

    private object? ReadPlain(JsonElement json, Type type)
    {
        if (type == typeof(ICollection<IActivity>))
            return Items(json).Select(Read).ToList();
        if (typeof(Variable).IsAssignableFrom(type) && json.ValueKind == JsonValueKind.Object)
            return ReadVariable(json);
        return json.Deserialize(type, Options);
    }

    private static void ReadConnections(Flowchart flowchart, JsonElement json)
    {
        var byId = flowchart.Activities.GroupBy(activity => activity.Id, StringComparer.Ordinal).ToDictionary(group => group.Key ?? "", group => group.First(), StringComparer.Ordinal);
        var missing = new List<object>();
        foreach (var line in Find(json, "connections") is { ValueKind: JsonValueKind.Array or JsonValueKind.Object } lines ? Items(lines) : [])
        {
            if (End(line, "source") is { } source && End(line, "target") is { } target)
                flowchart.Connections.Add(new Connection(source, target) { Vertices = ReadVertices(line) });
            else
                missing.Add(JsonValues.Read(line)!);
        }

        flowchart.CustomProperties["notFoundConnections"] = missing;

        // Files of earlier versions name an end by its id alone, and its port beside it.
        Endpoint? End(JsonElement line, string side) => Find(line, side) switch
        {
            { ValueKind: JsonValueKind.Object } end when Text(end, "activity") is { } id && byId.TryGetValue(id, out var activity) => new Endpoint(activity, Text(end, "port")),
            { ValueKind: JsonValueKind.String } end when byId.TryGetValue(end.GetString()!, out var activity) => new Endpoint(activity, Text(line, side + "Port")),
            _ => null,
        };
    }

    /// <summary>A list, also one that a serializer has wrapped to give it an id.</summary>
    private static IEnumerable<JsonElement> Items(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object when (Find(json, "$values") ?? Find(json, "items")) is { ValueKind: JsonValueKind.Array } items => items.EnumerateArray(),
        _ => json.EnumerateArray(),
    };

    private static ICollection<Position> ReadVertices(JsonElement line) =>
        Find(line, "vertices") is { ValueKind: JsonValueKind.Array } vertices
            ? [.. vertices.EnumerateArray().Select(point => new Position(point.GetProperty("x").GetDouble(), point.GetProperty("y").GetDouble()))]
            : [];

    private static void KeepRest(IActivity activity, ActivityDescriptor descriptor, JsonElement json)
    {
        var known = descriptor.Inputs.Concat<PropertyDescriptor>(descriptor.Outputs).SelectMany(property => new[] { property.Name, property.JsonName }).Concat(descriptor.PlainProperties.Select(plain => plain.Property.Name)).Concat(Common).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in json.EnumerateObject().Where(property => !known.Contains(property.Name)))
            activity.SyntheticProperties[property.Name] = property.Value.Clone();
    }
}
