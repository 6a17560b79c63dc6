using System.Text.Json.Nodes;
using Elsa.Definitions;
using Elsa.Expressions;
using Elsa.Extensions;
using Microsoft.Extensions.DependencyInjection;
using TongBan.Activities;
using TongBan.Workflows.Modes;
using TongBan.Workflows.Soundness;

namespace TongBan.Workflows.Tests.Soundness;

/// <summary>A shipped mode that is edited as an administrator would, then looked at by the gate.</summary>
internal sealed class Draft
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddElsaRuntime(elsa => elsa.AddActivitiesFrom<CaseActivity>()).BuildServiceProvider();

    private Draft(JsonObject json) => Json = json;

    public JsonObject Json { get; }

    private JsonArray Activities => Json["root"]!["activities"]!.AsArray();

    private JsonArray Connections => Json["root"]!["connections"]!.AsArray();

    public static Draft OfMode(int mode) => new(JsonNode.Parse(ModeFiles.All().Single(file => file.Name.Contains($"mode-{mode}-", StringComparison.Ordinal)).Json)!.AsObject());

    /// <summary>A workflow whose root is this activity.</summary>
    public static Draft Of(string root, string definitionId = "part") => new(new JsonObject { ["definitionId"] = definitionId, ["name"] = definitionId, ["root"] = JsonNode.Parse(root) });

    public IReadOnlyList<Finding> Check() => SoundnessCheck.Check(Workflow(), ExpressionSyntax.FindError);

    public Elsa.Workflows.Activities.Workflow Workflow() => Services.GetRequiredService<WorkflowReader>().Read(Json.ToJsonString());

    public Draft Disconnect(string from, string port)
    {
        Connections.RemoveAll(line => line!["source"]!["activity"]!.GetValue<string>() == from && line["source"]!["port"]!.GetValue<string>() == port);
        return this;
    }

    public Draft Connect(string from, string port, string to)
    {
        Connections.Add(new JsonObject { ["source"] = new JsonObject { ["activity"] = from, ["port"] = port }, ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" } });
        return this;
    }

    public Draft Add(string activity)
    {
        Activities.Add(JsonNode.Parse(activity));
        return this;
    }

    public Draft Set(string id, string property, string syntax, string? value)
    {
        Activity(id)[property] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = syntax, ["value"] = value } };
        return this;
    }

    public Draft Remove(string id)
    {
        Activities.Remove(Activity(id));
        return this;
    }

    private JsonNode Activity(string id) => Activities.Single(activity => activity!["id"]!.GetValue<string>() == id)!;
}
