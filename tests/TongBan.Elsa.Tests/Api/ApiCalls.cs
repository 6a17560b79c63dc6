using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Api;

/// <summary>What tests ask of the API again and again, and what must succeed there.</summary>
internal static class ApiCalls
{
    /// <summary>Posts what must be taken.</summary>
    /// <returns>The answer, undefined when it is empty.</returns>
    public static async Task<JsonElement> SendAsync(this HttpClient client, string path, object body)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var response = await client.PostAsJsonAsync(path, body, cancellation);
        var answer = await response.Content.ReadAsStringAsync(cancellation);
        response.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)response.StatusCode} {answer}");
        return answer.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(answer);
    }

    /// <summary>Saves a definition that must be taken, and publishes it unless told not to.</summary>
    public static Task<JsonElement> SaveAsync(this HttpClient client, JsonNode? model, bool publish = true) => client.SendAsync("workflow-definitions", new { model, publish });

    /// <inheritdoc cref="SaveAsync(HttpClient, JsonNode?, bool)"/>
    public static Task<JsonElement> SaveAsync(this HttpClient client, string model, bool publish = true) => client.SaveAsync(JsonNode.Parse(model), publish);
}
