using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Api;

public sealed class InstanceFileTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    [Fact]
    public async Task Import_OfAWaitingInstanceThatWasDeleted_GoesOnWhereItWaited()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await client.PostAsJsonAsync("workflow-definitions", new JsonObject { ["model"] = JsonNode.Parse(Flows.Chart("moved", ["wait=event:moved-on", "after"], ["wait>after"])), ["publish"] = true }, TestContext.Current.CancellationToken);
        var id = await StartAsync(client);
        var file = await client.GetByteArrayAsync($"workflow-instances/{id}/export", TestContext.Current.CancellationToken);
        (await client.DeleteAsync($"workflow-instances/{id}", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

        using var imported = await ImportAsync(client, file);
        imported.IsSuccessStatusCode.ShouldBeTrue(await imported.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await client.PostAsJsonAsync("events/moved-on/trigger", new { workflowInstanceId = id }, TestContext.Current.CancellationToken);

        var answer = await imported.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        answer.GetProperty("imported").GetInt32().ShouldBe(1);
        answer.GetProperty("count").GetInt32().ShouldBe(1, "Studio reads this one");
        var instance = await client.GetFromJsonAsync<JsonElement>($"workflow-instances/{id}", TestContext.Current.CancellationToken);
        instance.GetProperty("subStatus").GetString().ShouldBe("Finished");
    }

    [Fact]
    public async Task Import_OfAnInstanceThatRunsHere_IsRefused()
    {
        await using var host = await ApiHost.StartAsync(database.Source);
        using var client = host.CreateClient();
        await client.PostAsJsonAsync("workflow-definitions", new JsonObject { ["model"] = JsonNode.Parse(Flows.Chart("moved", ["wait=event:moved-on", "after"], ["wait>after"])), ["publish"] = true }, TestContext.Current.CancellationToken);
        var id = await StartAsync(client);

        using var refused = await ImportAsync(client, await client.GetByteArrayAsync($"workflow-instances/{id}/export", TestContext.Current.CancellationToken));

        ((int)refused.StatusCode).ShouldBe(400);
    }

    private static async Task<string> StartAsync(HttpClient client)
    {
        using var started = await client.PostAsJsonAsync("workflow-definitions/moved/execute", new { }, TestContext.Current.CancellationToken);
        return (await started.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("workflowState").GetProperty("id").GetString()!;
    }

    private static async Task<HttpResponseMessage> ImportAsync(HttpClient client, byte[] file)
    {
        using var form = new MultipartFormDataContent();
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        form.Add(content, "files", "instance.json");
        return await client.PostAsync("bulk-actions/import/workflow-instances", form, TestContext.Current.CancellationToken);
    }
}
