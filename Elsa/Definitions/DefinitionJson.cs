using System.Text.Json;
using System.Text.Json.Nodes;
using Elsa.Expressions;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.ActivationValidators;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime.ActivationValidators;

namespace Elsa.Definitions;

/// <summary>Definitions as Elsa's JSON: what Studio posts, what an export holds, what a stock server imports.</summary>
internal sealed class DefinitionJson(ActivityRegistry registry, WellKnownTypeRegistry types, RegisteredTypes registered)
{
    private const string RootId = "Workflow1";
    private readonly ActivityReader _reader = new(registry, types, registered);

    /// <summary>Versions that definitions are pinned to, by id.</summary>
    public IReadOnlyDictionary<string, ActivityDescriptor> VersionedActivities
    {
        set => _reader.VersionedActivities = value;
    }

    private readonly ActivityWriter _writer = new(registry, types, registered);

    /// <summary>Reads a model. Without a root it gets an empty sequence, as in the designer.</summary>
    /// <exception cref="JsonException">The JSON is no definition.</exception>
    public Workflow Read(JsonElement model)
    {
        try
        {
            return ReadingLimits.Within(() => ReadModel(model));
        }
        catch (Exception e) when (IsOfTheInput(e))
        {
            throw new JsonException($"The definition cannot be read: {e.Message}", e);
        }
    }

    /// <summary>What reading JSON of another shape than expected throws.</summary>
    internal static bool IsOfTheInput(Exception e) =>
        e is InvalidOperationException or FormatException or ArgumentException or NotSupportedException or KeyNotFoundException or InvalidCastException or OverflowException or MemberAccessException;

    private Workflow ReadModel(JsonElement model)
    {
        var root = ActivityReader.Find(model, "root") is { ValueKind: JsonValueKind.Object } found ? _reader.Read(found) : new Sequence(null, null) { Id = "Sequence1" };
        var definitionId = ActivityReader.Text(model, "definitionId") ?? "";
        var version = ActivityReader.Find(model, "version") is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : 1;
        return new Workflow(
            new WorkflowIdentity(definitionId, version, ActivityReader.Text(model, "id") ?? ""),
            WorkflowPublication.LatestDraft,
            new WorkflowMetadata(ActivityReader.Text(model, "name"), ActivityReader.Text(model, "description"), ToolVersion: Version.TryParse(ActivityReader.Text(model, "toolVersion"), out var tool) ? tool : null),
            ReadOptions(model),
            root,
            [.. Items(model, "variables").Select(_reader.ReadVariable)],
            [.. Items(model, "inputs").Select(item => ReadArgument(item, new InputDefinition { UIHint = ActivityReader.Text(item, "uiHint") ?? "singleline" }))],
            [.. Items(model, "outputs").Select(item => ReadArgument(item, new OutputDefinition()))],
            [.. Items(model, "outcomes").Select(item => item.GetString() ?? "")],
            ActivityReader.Find(model, "customProperties") is { } custom ? Elsa.Expressions.Helpers.JsonValues.ReadMap(custom) : new Dictionary<string, object>(StringComparer.Ordinal),
            false,
            false)
        {
            Id = RootId,
        };
    }

    /// <summary>The parts of a model that stand in the definition itself; what a version adds is the store's.</summary>
    public JsonObject Write(Workflow workflow) => new()
    {
        ["name"] = workflow.WorkflowMetadata.Name,
        ["description"] = workflow.WorkflowMetadata.Description,
        ["toolVersion"] = workflow.WorkflowMetadata.ToolVersion?.ToString(),
        ["variables"] = new JsonArray([.. workflow.Variables.Select(_writer.WriteVariable)]),
        ["inputs"] = new JsonArray([.. workflow.Inputs.Select(WriteInput)]),
        ["outputs"] = new JsonArray([.. workflow.Outputs.Select(WriteArgument)]),
        ["outcomes"] = new JsonArray([.. workflow.Outcomes.Select(outcome => JsonValue.Create(outcome))]),
        ["customProperties"] = JsonSerializer.SerializeToNode(workflow.CustomProperties),
        ["options"] = WriteOptions(workflow.Options),
        ["root"] = _writer.Write(workflow.Root, RootId),
    };

    /// <summary>An activity with the node ids it has below its parent.</summary>
    public JsonObject WriteActivity(Workflows.IActivity activity, string parentNodeId) => _writer.Write(activity, parentNodeId);

    /// <summary>The definitions that a definition uses as activities, without what these use.</summary>
    public IReadOnlySet<string> Uses(Workflow workflow) => Activities(workflow).OfType<DefinitionActivity>().Select(used => used.WorkflowDefinitionId).ToHashSet(StringComparer.Ordinal);

    /// <summary>The activities of a definition, without those inside the definitions that it uses.</summary>
    public IEnumerable<IActivity> Activities(Workflow workflow) => Elsa.Definitions.DefinitionCheck.Activities(workflow.Root, registry);

    private static JsonElement[] Items(JsonElement model, string name) => ActivityReader.Find(model, name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => [],
        { ValueKind: JsonValueKind.Array } items => [.. items.EnumerateArray()],
        _ => throw new JsonException($"'{name}' is no list."),
    };

    private T ReadArgument<T>(JsonElement json, T argument) where T : ArgumentDefinition
    {
        var type = ActivityReader.Text(json, "type");
        if (ActivityReader.Find(json, "isArray") is { ValueKind: JsonValueKind.True })
            type += "[]";
        argument.Name = ActivityReader.Text(json, "name") ?? "";
        argument.Type = types.Find(type) ?? typeof(object);
        argument.DisplayName = ActivityReader.Text(json, "displayName") ?? argument.Name;
        argument.Description = ActivityReader.Text(json, "description") ?? "";
        argument.Category = ActivityReader.Text(json, "category") ?? "";
        return argument;
    }

    private JsonObject WriteArgument(ArgumentDefinition argument)
    {
        var (type, isArray) = types.ItemNameOf(argument.Type);
        var json = new JsonObject
        {
            ["type"] = type,
            ["name"] = argument.Name,
            ["displayName"] = argument.DisplayName,
            ["description"] = argument.Description,
            ["category"] = argument.Category,
        };
        if (isArray)
            json["isArray"] = true;
        return json;
    }

    private JsonObject WriteInput(InputDefinition input)
    {
        var json = WriteArgument(input);
        json["uiHint"] = input.UIHint;
        return json;
    }

    private WorkflowOptions ReadOptions(JsonElement model)
    {
        var options = new WorkflowOptions();
        options.UsableAsActivity = ActivityReader.Flag(model, "usableAsActivity"); // Where files of earlier versions have it.
        if (ActivityReader.Find(model, "options") is not { ValueKind: JsonValueKind.Object } json)
            return options;
        options.UsableAsActivity = ActivityReader.Flag(json, "usableAsActivity") ?? options.UsableAsActivity;
        options.AutoUpdateConsumingWorkflows = ActivityReader.Find(json, "autoUpdateConsumingWorkflows") is { ValueKind: JsonValueKind.True };
        options.ActivityCategory = ActivityReader.Text(json, "activityCategory");
        options.CommitStrategyName = ActivityReader.Text(json, "commitStrategyName");
        options.IncidentStrategyType = registered.IncidentStrategy(ActivityReader.Text(json, "incidentStrategyType"));
        options.ActivationStrategyType = Named(ActivityReader.Text(json, "activationStrategyType"), typeof(AllowAlwaysStrategy), typeof(SingletonStrategy), typeof(CorrelationStrategy), typeof(CorrelatedSingletonStrategy));
        return options;
    }

    /// <summary>Accepts a type's short name and its CLR name, with or without its assembly.</summary>
    private static Type? Named(string? name, params Type[] candidates) => string.IsNullOrEmpty(name)
        ? null
        : Array.Find(candidates, candidate => name.Split(',')[0].Split('.')[^1] == candidate.Name) ?? throw new JsonException($"'{name}' is no type that can stand here.");

    private JsonObject WriteOptions(WorkflowOptions options)
    {
        var json = new JsonObject { ["autoUpdateConsumingWorkflows"] = options.AutoUpdateConsumingWorkflows };
        if (options.UsableAsActivity is { } usable)
            json["usableAsActivity"] = usable;
        if (options.ActivationStrategyType is { } activation)
            json["activationStrategyType"] = activation.Name;
        if (options.IncidentStrategyType is { } incident)
            json["incidentStrategyType"] = registered.NameOf(incident);
        if (options.ActivityCategory is { } category)
            json["activityCategory"] = category;
        if (options.CommitStrategyName is { } commit)
            json["commitStrategyName"] = commit;
        return json;
    }
}
