using System.Text.Json;
using System.Text.Json.Nodes;
using Elsa.Execution;
using Elsa.Expressions.Helpers;
using Elsa.Persistence;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Models;
using Elsa.Workflows.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Elsa.Api;

/// <summary>Tries one activity of a definition. Nothing of it is stored: it runs in a transaction that is rolled back.</summary>
internal static class TestEndpoints
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/tests/activities", TestAsync).Permit("exec:tests");

    private static async Task<IResult> TestAsync(HttpRequest request, DefinitionStore definitions, DatabaseSession session, TimeProvider time, IServiceProvider services, CancellationToken ct)
    {
        var body = await ApiJson.BodyAsync(request);
        if (ApiJson.Member(body, "workflowDefinitionHandle") is not { } handle || await definitions.FindGraphAsync(Handle(handle), ct) is not { } graph)
            return ElsaApi.Invalid("generalErrors", "Workflow definition not found.");
        var name = ApiJson.Member(body, "activityHandle") is { } activity ? ApiJson.Text(activity, "activityNodeId") ?? ApiJson.Text(activity, "activityId") : null;
        if (name is null || graph.FindNode(name) is not { } node)
            return ElsaApi.Invalid("generalErrors", "Activity not found.");
        var values = TestValues(graph.Workflow);
        try
        {
            return await session.InTransactionAsync<IResult>(async token =>
            {
                var workflow = new WorkflowExecutionContext(services, graph, Identity.New(), time, token);
                throw new TriedException(View(await Burst.TryAsync(workflow, node, values)));
            }, ct);
        }
        catch (TriedException tried)
        {
            return ElsaApi.Json(tried.View);
        }
    }

    private static WorkflowDefinitionHandle Handle(JsonElement json) => new()
    {
        DefinitionId = ApiJson.Text(json, "definitionId"),
        DefinitionVersionId = ApiJson.Text(json, "definitionVersionId"),
        VersionOptions = ApiJson.Version(json),
    };

    /// <summary>What Studio keeps in the definition for tests: texts, by the variable's id.</summary>
    private static Dictionary<string, object?> TestValues(Workflow workflow)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        var given = workflow.CustomProperties.TryGetValue("VariableTestValues", out var found) ? found as IDictionary<string, object?> : null;
        foreach (var variable in workflow.Variables.Where(variable => given?.ContainsKey(variable.Id) == true))
        {
            var value = given![variable.Id].TryConvertTo(variable.ValueType);
            values[variable.Id] = value.IsSuccess ? value.ValueOrDefault : throw new ApiInputException("generalErrors", $"The test value of variable '{variable.Name}' cannot be read: {value.Exception!.Message}");
        }

        return values;
    }

    private static JsonObject View(ActivityExecutionContext context)
    {
        var outputs = context.ActivityDescriptor.Outputs.ToDictionary(output => output.Name, output => context.YieldedOutputs?.GetValueOrDefault(output.Name), StringComparer.Ordinal);
        var view = new JsonObject
        {
            ["activityState"] = ApiJson.Node(StoredValues.ToJson(context.ActivityState, isPlain: true)),
            ["outputs"] = ApiJson.Node(StoredValues.ToJson(outputs, isPlain: true) ?? "{}"),
            ["payload"] = ApiJson.Node(StoredValues.ToJson(context.StoredJournalData, isPlain: true) ?? "{}"),
        };
        if (StateView.Exception(ExceptionState.FromException(context.Exception)) is { } exception)
            view["exception"] = exception;
        view["status"] = context.Status.ToString();
        return view;
    }

    /// <summary>Leaves the transaction without committing it.</summary>
    private sealed class TriedException(JsonObject view) : Exception
    {
        public JsonObject View { get; } = view;
    }
}
