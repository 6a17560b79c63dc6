using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Api;

/// <summary>What a start through the API may say beside the definition.</summary>
public sealed class RunTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{ }""", "0 none")]
    [InlineData("""{ "variables": null, "activityHandle": null }""", "0 none")]
    [InlineData("""{ "variables": { "Extra": "more" } }""", "0 more")]
    [InlineData("""{ "variables": { "N": 7, "Extra": "more" } }""", "7 more")]
    public async Task Execute_WithVariables_LetsScriptsReadThemAlsoAfterAWait(string body, string expected)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await client.SaveAsync(Flows.Chart("with-variables", ["now=js:setWorkflowInstanceName(getN() + ' ' + (getVariable('Extra') ?? 'none'))", "wait=event:go-on", "later=js:setCorrelationId(getN() + ' ' + (getVariable('Extra') ?? 'none'))"], ["now>wait", "wait>later"]));

        var id = (await client.SendAsync("workflow-definitions/with-variables/execute", JsonSerializer.Deserialize<JsonElement>(body))).GetProperty("workflowState").GetProperty("id").GetString()!;
        await client.SendAsync("events/go-on/trigger", new { workflowInstanceId = id });

        var instance = await client.GetFromJsonAsync<JsonElement>($"workflow-instances/{id}", Cancellation);
        instance.GetProperty("name").GetString().ShouldBe(expected);
        instance.GetProperty("correlationId").GetString().ShouldBe(expected);
    }

    [Fact]
    public async Task Dispatch_WithATrigger_BeginsWithIt()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await client.SaveAsync(Flows.Chart("dispatched-by", ["begin=event:dispatched-by-begins", "after"], ["begin>after"]));

        var id = (await client.SendAsync("workflow-definitions/dispatched-by/dispatch", new { triggerActivityId = "begin" })).GetProperty("workflowInstanceId").GetString()!;

        (await SubStatusAsync(client, id)).ShouldBe("Finished");
    }

    [Theory]
    [InlineData("""{ "activityHandle": { "activityId": "second" } }""")]
    [InlineData("""{ "activityHandle": { "activityNodeId": "Workflow1:flow:second" } }""")]
    public async Task Execute_OfOneActivity_RunsItAlone(string body)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await client.SaveAsync(Flows.Chart("one-of-three", ["first=js:setCorrelationId('first')", "second=js:setWorkflowInstanceName('second ' + getN())", "third=js:setCorrelationId('third')"], ["first>second", "second>third"]));

        var state = (await client.SendAsync("workflow-definitions/one-of-three/execute", JsonSerializer.Deserialize<JsonElement>(body))).GetProperty("workflowState");

        state.GetProperty("subStatus").GetString().ShouldBe("Finished");
        state.GetProperty("name").GetString().ShouldBe("second 0");
        state.TryGetProperty("correlationId", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Execute_OfOneActivityThatWaits_EndsWithIt()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await client.SaveAsync(Flows.Chart("one-waits", ["wait=event:one-goes-on", "after"], ["wait>after"]));

        var id = (await client.SendAsync("workflow-definitions/one-waits/execute", new { activityHandle = new { activityId = "wait" } })).GetProperty("workflowState").GetProperty("id").GetString()!;
        (await SubStatusAsync(client, id)).ShouldBe("Suspended");
        await client.SendAsync("events/one-goes-on/trigger", new { workflowInstanceId = id });

        (await SubStatusAsync(client, id)).ShouldBe("Finished");
    }

    [Theory]
    [InlineData("""{ "activityHandle": { "activityId": "nobody" } }""", "activityHandle")]
    [InlineData("""{ "activityHandle": { "activityInstanceId": "first" } }""", "activityHandle")]
    [InlineData("""{ "activityHandle": "first" }""", "activityHandle")]
    [InlineData("""{ "variables": [] }""", "variables")]
    [InlineData("""{ "input": "x" }""", "input")]
    public async Task Execute_OfWhatIsNotUnderstood_IsRefusedByName(string body, string field)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await client.SaveAsync(Flows.Chart("refusing", ["first"], []));

        using var refused = await client.PostAsJsonAsync("workflow-definitions/refusing/execute", JsonSerializer.Deserialize<JsonElement>(body), Cancellation);

        await ShouldNameAsync(refused, field);
    }

    [Fact]
    public async Task Execute_ByAQuery_ReadsVariablesToo()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await client.SaveAsync(Flows.Chart("queried", ["now=js:setWorkflowInstanceName(getVariable('Extra') + getInput('given'))"], []));

        var answer = await client.GetFromJsonAsync<JsonElement>("workflow-definitions/queried/execute?correlationId=77&input={\"given\":\"b\"}&variables={\"Extra\":\"a\"}", Cancellation);

        answer.GetProperty("workflowState").GetProperty("name").GetString().ShouldBe("ab");
        answer.GetProperty("workflowState").GetProperty("correlationId").GetString().ShouldBe("77");
    }

    [Fact]
    public async Task Dispatch_UnderAnIdThatIsGiven_StartsTheInstanceUnderItOnce()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await client.SaveAsync(Flows.Chart("dispatched", ["wait=event:never"], []));

        var answer = await client.SendAsync("workflow-definitions/dispatched/dispatch", new { instanceId = "of-my-own" });
        using var again = await client.PostAsJsonAsync("workflow-definitions/dispatched/dispatch", new { instanceId = "of-my-own" }, Cancellation);

        answer.GetProperty("workflowInstanceId").GetString().ShouldBe("of-my-own");
        (await SubStatusAsync(client, "of-my-own")).ShouldBe("Suspended");
        await ShouldNameAsync(again, "instanceId");
    }

    private static async Task ShouldNameAsync(HttpResponseMessage refused, string field)
    {
        ((int)refused.StatusCode).ShouldBe(400);
        (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe([field]);
    }

    private static async Task<string?> SubStatusAsync(HttpClient client, string id) => (await client.GetFromJsonAsync<JsonElement>($"workflow-instances/{id}", Cancellation)).GetProperty("subStatus").GetString();
}
