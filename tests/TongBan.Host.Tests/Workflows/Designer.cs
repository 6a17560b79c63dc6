using System.Text.Json.Nodes;
using Elsa.Common.Models;
using Elsa.Definitions;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace TongBan.Host.Tests.Workflows;

/// <summary>An administrator at work on definitions, as the designer saves them.</summary>
internal sealed class Designer(HostFixture fixture)
{
    public const string Notice =
        """{ "id": "extra", "type": "TongBan.NotifyApplicant", "version": 1, "text": { "typeName": "String", "expression": { "type": "Literal", "value": "您好" } }, "metadata": { "displayText": "多通知一次" } }""";

    /// <summary>Saves a draft of a definition: another one's published version, edited.</summary>
    public async Task SaveAsync(string definitionId, string from, Action<JsonObject> edit)
    {
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        var library = scope.ServiceProvider.GetRequiredService<DefinitionLibrary>();
        var source = (await library.FindAsync(from, VersionOptions.Published, CancellationToken.None)).ShouldNotBeNull();
        var model = JsonNode.Parse(source.Model)!.AsObject();
        model["definitionId"] = definitionId;
        edit(model["root"]!.AsObject());
        await library.SaveDraftAsync(model.ToJsonString(), CancellationToken.None);
    }

    /// <summary>Saves a draft that has nothing to do with cases.</summary>
    public async Task SaveAsync(string definitionId, string root)
    {
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DefinitionLibrary>().SaveDraftAsync(new JsonObject { ["definitionId"] = definitionId, ["root"] = JsonNode.Parse(root) }.ToJsonString(), CancellationToken.None);
    }

    public static void Add(JsonObject root, string activity) => root["activities"]!.AsArray().Add(JsonNode.Parse(activity));

    /// <summary>A text input that is written out.</summary>
    public static JsonObject Literal(string text) => new() { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = text } };

    public static void Disconnect(JsonObject root, string from, string port) => root["connections"]!.AsArray().RemoveAll(
        line => line!["source"]!["activity"]!.GetValue<string>() == from && line["source"]!["port"]!.GetValue<string>() == port);

    public static void Connect(JsonObject root, string from, string port, string to) =>
        root["connections"]!.AsArray().Add(new JsonObject { ["source"] = new JsonObject { ["activity"] = from, ["port"] = port }, ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" } });

    /// <summary>Puts a notice between the rating and the file.</summary>
    public static void TellOnceMore(JsonObject root)
    {
        Add(root, Notice);
        Disconnect(root, "evaluate", "Done");
        Connect(root, "evaluate", "Done", "extra");
        Connect(root, "extra", "Done", "close");
    }
}
