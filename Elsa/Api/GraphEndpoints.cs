using System.Text.Json.Nodes;
using Elsa.Definitions;
using Elsa.Persistence;
using Elsa.Workflows.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Elsa.Api;

/// <summary>Parts of a definition, for containers that the designer opens.</summary>
internal static class GraphEndpoints
{
    private const string WorkflowId = "Workflow1";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflow-definitions/subgraph/{id}", SubgraphAsync).Permit("read:workflow-definitions");
        api.MapGet("/workflow-definitions/subgraph/segments/{id}", SegmentsAsync).Permit("read:workflow-definitions");
    }

    private static async Task<IResult> SubgraphAsync(string id, string? parentNodeId, DefinitionStore definitions, GraphCache graphs, DefinitionJson json, CancellationToken ct)
    {
        if (await definitions.FindAsync(id, ct) is not { } row)
            return Results.NotFound();
        var nodes = Nodes(row, await graphs.GetAsync(row.Id, row.Revision, ct), json);
        var found = parentNodeId is null ? nodes[0] : nodes.FirstOrDefault(node => node.NodeId == parentNodeId);
        return found is null ? ElsaApi.Invalid("generalErrors", "Unknown node ID") : ElsaApi.Json(View(found));
    }

    /// <summary>The way from the root to an activity, as the designer's path bar shows it.</summary>
    private static async Task<IResult> SegmentsAsync(string id, string? childNodeId, DefinitionStore definitions, GraphCache graphs, DefinitionJson json, CancellationToken ct)
    {
        if (await definitions.FindAsync(id, ct) is not { } row)
            return Results.NotFound();
        var nodes = Nodes(row, await graphs.GetAsync(row.Id, row.Revision, ct), json);
        if (nodes.Find(node => node.NodeId == childNodeId) is not { } child)
            return ElsaApi.Invalid("generalErrors", "Unknown node ID");
        var path = new List<Node>();
        for (var parent = child.Parent; parent is not null; parent = parent.Parent)
            path.Insert(0, parent);
        var segments = new JsonArray();
        for (var i = 0; i + 1 < path.Count; i++)
        {
            if (path[i].IsFlow)
                segments.Add(new JsonObject { ["activityNodeId"] = path[i + 1].NodeId, ["activityId"] = path[i + 1].Id, ["activityType"] = path[i + 1].Type, ["portName"] = path.ElementAtOrDefault(i + 2)?.Port ?? child.Port, ["activityName"] = path[i + 1].Name });
        }

        var container = path.LastOrDefault(node => node.Parent?.IsFlow == true) ?? path.FirstOrDefault() ?? child;
        return ElsaApi.Json(new JsonObject { ["childNode"] = View(child), ["container"] = View(container), ["pathSegments"] = segments });
    }

    private static List<Node> Nodes(DefinitionRow row, WorkflowGraph graph, DefinitionJson json)
    {
        var nodes = new List<Node>();
        Collect(JsonNode.Parse(row.Model)!["root"]!.AsObject(), null, "Root", nodes);
        for (var i = 0; i < nodes.Count; i++)
        {
            if (graph.FindNode(nodes[i].NodeId)?.Activity is DefinitionActivity used)
                Open(nodes[i], used, nodes, json);
        }

        return nodes;
    }

    /// <summary>Inside a definition that is used as an activity the designer expects a workflow around the root.</summary>
    private static void Open(Node node, DefinitionActivity used, List<Node> nodes, DefinitionJson json)
    {
        node.Activity["root"] = new JsonObject
        {
            ["id"] = WorkflowId,
            ["nodeId"] = $"{node.NodeId}:{WorkflowId}",
            ["type"] = "Elsa.Workflow",
            ["version"] = 1,
            ["root"] = json.WriteActivity(used.Root, node.NodeId),
        };
        Collect(node.Activity["root"]!.AsObject(), node, "Root", nodes);
    }

    private static void Collect(JsonObject activity, Node? parent, string port, List<Node> nodes)
    {
        var node = new Node(activity, parent, port);
        nodes.Add(node);
        foreach (var (name, value) in activity)
        {
            switch (value)
            {
                case JsonObject child when child["nodeId"] is not null:
                    Collect(child, node, Pascal(name), nodes);
                    break;
                case JsonArray children:
                    foreach (var child in children.OfType<JsonObject>())
                    {
                        if (child["nodeId"] is not null)
                            Collect(child, node, Pascal(name), nodes);
                        else if (child["activity"] is JsonObject held && held["nodeId"] is not null)
                            Collect(held, node, child["label"]?.ToString() ?? Pascal(name), nodes);
                    }

                    break;
            }
        }
    }

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static JsonObject View(Node node) => new()
    {
        ["nodeId"] = node.NodeId,
        ["port"] = node.Port,
        ["activity"] = node.Activity.DeepClone(),
    };

    private sealed class Node
    {
        public Node(JsonObject activity, Node? parent, string port) => (Activity, Parent, Port) = (activity, parent, port);

        public JsonObject Activity { get; }

        public Node? Parent { get; }

        public string Port { get; }

        public string NodeId => Activity["nodeId"]!.ToString();

        public string Id => Activity["id"]!.ToString();

        public string Type => Activity["type"]!.ToString();

        public string? Name => Activity["name"]?.ToString();

        public bool IsFlow => Type == "Elsa.Flowchart";
    }
}
