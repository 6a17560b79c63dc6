using System.Net;
using System.Net.Http.Json;
using Shouldly;
using Xunit;
using static TongBan.Elsa.Tests.Json;

namespace TongBan.Elsa.Tests.Api;

/// <summary>Links that a workflow hands out go on with it, without signing in; changed or ended ones do not.</summary>
public sealed class ResumeLinkTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("createEventTriggerUrl('go')", HttpStatusCode.OK, "Finished")]
    [InlineData("createEventTriggerUrl('go', TimeSpan.FromHours(1))", HttpStatusCode.OK, "Finished")]
    [InlineData("createEventTriggerUrl('go', TimeSpan.FromHours(-1))", HttpStatusCode.BadRequest, "Suspended")]
    [InlineData("createEventTriggerUrl('go').slice(0, -2) + 'xx'", HttpStatusCode.BadRequest, "Suspended")]
    [InlineData("createEventTriggerUrl('go').replace('events/trigger', 'bookmarks/resume')", HttpStatusCode.BadRequest, "Suspended")]
    [InlineData("createEventTriggerUrl('other')", HttpStatusCode.OK, "Suspended")]
    public async Task Link_ToAnEvent_GoesOnWithItsInstance(string script, HttpStatusCode status, string subStatus)
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        using var anybody = host.CreateClient(permissions: null);
        var id = $"link-{Math.Abs(script.GetHashCode(StringComparison.Ordinal))}";
        using var saved = await client.PostAsJsonAsync("workflow-definitions", new
        {
            model = System.Text.Json.Nodes.JsonNode.Parse(Chart(id, [Activity("name", "Elsa.SetName", ("value", Script(script))), Activity("wait", "Elsa.Event", ("eventName", Literal("go")))], ["name>wait"])),
            publish = true,
        }, Cancellation);
        var started = await RunAsync(client, id);

        using var followed = await anybody.GetAsync(started.Name, Cancellation);

        saved.StatusCode.ShouldBe(HttpStatusCode.OK);
        followed.StatusCode.ShouldBe(status);
        (await client.GetFromJsonAsync<Instance>($"workflow-instances/{started.Id}", Cancellation))!.SubStatus.ShouldBe(subStatus);
    }

    private static async Task<Instance> RunAsync(HttpClient client, string id)
    {
        using var run = await client.PostAsJsonAsync($"workflow-definitions/{id}/execute", new { }, Cancellation);
        var state = (await run.Content.ReadFromJsonAsync<Answer>(Cancellation))!.WorkflowState;
        return (await client.GetFromJsonAsync<Instance>($"workflow-instances/{state.Id}", Cancellation))!;
    }

    private sealed record Answer(State WorkflowState);

    private sealed record State(string Id);

    private sealed record Instance(string Id, string Name, string SubStatus);
}
