using System.Text.Json;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Models;

namespace Elsa.Definitions;

/// <summary>Reads definitions without storing them.</summary>
public sealed class WorkflowReader
{
    private readonly DefinitionJson _json;
    private readonly ActivityRegistry _registry;

    internal WorkflowReader(DefinitionJson json, ActivityRegistry registry) => (_json, _registry) = (json, registry);

    /// <summary>The workflow that a definition in Elsa's JSON describes, as it would run.</summary>
    /// <exception cref="JsonException">The JSON is no definition.</exception>
    public Workflow Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new WorkflowGraph(_json.Read(document.RootElement), _registry.DescriptorOf).Workflow;
    }
}
