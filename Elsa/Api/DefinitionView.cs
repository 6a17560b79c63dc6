using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Elsa.Persistence;

namespace Elsa.Api;

/// <summary>A version of a definition as the designer loads it. The links say what may be done with it.</summary>
internal static class DefinitionView
{
    private const int HeadLength = 8192;
    private static readonly string[] FromModel = ["variables", "inputs", "outputs", "outcomes", "customProperties"];

    public static JsonObject Of(DefinitionRow row)
    {
        var model = JsonNode.Parse(row.Model)!.AsObject();
        var view = new JsonObject { ["links"] = Links(row.DefinitionId), ["id"] = row.Id, ["definitionId"] = row.DefinitionId };
        Put(view, "name", row.Name);
        Put(view, "description", row.Description);
        view["createdAt"] = CreatedAt(row);
        view["version"] = row.Version;
        Put(view, "toolVersion", model["toolVersion"]?.ToString());
        foreach (var name in FromModel)
            view[name] = model[name]?.DeepClone();
        (view["isReadonly"], view["isSystem"], view["isLatest"], view["isPublished"]) = (row.IsReadonly, row.IsSystem, row.IsLatest, row.IsPublished);
        view["options"] = model["options"]?.DeepClone();
        view["root"] = model["root"]?.DeepClone();
        return view;
    }

    /// <summary>Without what only the editor needs.</summary>
    public static JsonObject Summary(DefinitionRow row)
    {
        var view = new JsonObject { ["links"] = Links(row.DefinitionId), ["isMaterializerAvailable"] = true };
        Outline(view, row);
        return view;
    }

    public static JsonObject Outline(DefinitionRow row)
    {
        var view = new JsonObject();
        Outline(view, row);
        return view;
    }

    /// <summary>As a file: what an import anywhere takes.</summary>
    public static JsonObject Export(DefinitionRow row)
    {
        var view = Of(row);
        view.Remove("links");
        var file = new JsonObject { ["$schema"] = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json" };
        foreach (var (name, value) in view.ToList())
        {
            view.Remove(name);
            file[name] = value;
        }

        return file;
    }

    public static JsonArray ListLinks() => new(
        Link("/workflow-definitions", "self", "GET"),
        Link("/workflow-definitions/validation/is-name-unique", "is-name-unique", "GET"),
        Link("/workflow-definitions/query/count", "count", "GET"),
        Link("/workflow-definitions/many-by-id", "many-by-id", "GET"),
        Link("/bulk-actions/delete/workflow-definitions/by-definition-id", "bulk-delete-by-definition-id", "POST"),
        Link("/bulk-actions/delete/workflow-definitions/by-id", "bulk-delete-by-id", "POST"),
        Link("/bulk-actions/publish/workflow-definitions/by-definition-ids", "bulk-publish", "POST"),
        Link("/bulk-actions/retract/workflow-definitions/by-definition-ids", "bulk-retract", "POST"),
        Link("/workflow-definitions/import", "import", "POST"),
        Link("/workflow-definitions/import-files", "import-files", "POST"),
        Link("/workflow-definitions", "create", "POST"));

    private static void Outline(JsonObject view, DefinitionRow row)
    {
        (view["id"], view["definitionId"]) = (row.Id, row.DefinitionId);
        Put(view, "name", row.Name);
        Put(view, "description", row.Description);
        Put(view, "toolVersion", ToolVersionOf(row.Model));
        (view["version"], view["isLatest"], view["isPublished"], view["materializerName"]) = (row.Version, row.IsLatest, row.IsPublished, "Json");
        view["createdAt"] = CreatedAt(row);
        view["isReadonly"] = row.IsReadonly;
    }

    /// <summary>Read without the rest of the model, before which it stands.</summary>
    private static string? ToolVersionOf(string model)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(model.Length > HeadLength ? model[..HeadLength] : model), isFinalBlock: false, default);
        while (json.Read() && !(json.CurrentDepth == 1 && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("variables"u8)))
        {
            if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("toolVersion"u8))
                return json.Read() ? json.GetString() : null;
        }

        return null;
    }

    private static DateTimeOffset CreatedAt(DefinitionRow row) => new(DateTime.SpecifyKind(row.CreatedAt, DateTimeKind.Utc));

    private static void Put(JsonObject view, string name, string? value)
    {
        if (value is not null)
            view[name] = value;
    }

    private static JsonArray Links(string definitionId)
    {
        var path = $"/workflow-definitions/{definitionId}";
        return new(
            Link(path, "self", "GET"),
            Link($"/workflow-definitions/by-definition-id/{definitionId}", "self", "GET"),
            Link($"{path}/versions", "versions", "GET"),
            Link($"{path}/bulk-dispatch", "bulk-dispatch", "POST"),
            Link($"{path}/dispatch", "dispatch", "POST"),
            Link($"{path}/execute", "execute", "POST"),
            Link($"{path}/export", "export", "POST"),
            Link($"{path}/publish", "publish", "POST"),
            Link($"{path}/retract", "retract", "POST"),
            Link(path, "delete", "DELETE"),
            Link($"{path}/import", "import", "PUT"),
            Link($"{path}/update-references", "update-references", "POST"));
    }

    private static JsonObject Link(string href, string rel, string method) => new() { ["href"] = href, ["rel"] = rel, ["method"] = method };
}
