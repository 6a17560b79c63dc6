using System.Net.Http.Headers;
using System.Text.Json;
using TongBan.Host.People;

namespace TongBan.Host.Demo;

/// <summary>Somebody at a desk, who knows the product only by its HTTP API.</summary>
internal sealed class DemoPerson(string address, string userName) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new(address) };

    public string UserName => userName;

    /// <summary>Signs in with the password of Development.</summary>
    public async Task SignInAsync()
    {
        using var response = await _http.PostAsJsonAsync("/elsa/api/identity/login", new { username = userName, password = DevelopmentUsers.Password });
        var answer = await ReadAsync(response);
        if (!answer.GetProperty("isAuthenticated").GetBoolean())
            throw new DemoFailure($"{userName} cannot sign in.");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer.GetProperty("accessToken").GetString());
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        return await ReadAsync(response);
    }

    public async Task<JsonElement> PostAsync(string path, object body, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var response = await _http.SendAsync(request);
        return await ReadAsync(response);
    }

    /// <summary>Scans a document into the case.</summary>
    public async Task UploadAsync(string caseNumber, string requirementCode, DemoFile file)
    {
        using var content = new ByteArrayContent(file.Bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(file.MediaType);
        using var form = new MultipartFormDataContent { { new StringContent(requirementCode), "requirementCode" }, { content, "file", file.Name } };
        using var response = await _http.PostAsync($"/api/cases/{caseNumber}/materials", form);
        await ReadAsync(response);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text)
            : throw new DemoFailure($"{userName}: {response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.PathAndQuery} answered {(int)response.StatusCode}: {text}", (int)response.StatusCode);
    }
}

/// <summary>The demo cannot go on.</summary>
internal sealed class DemoFailure(string message, int? status = null) : Exception(message)
{
    /// <summary>The HTTP status of the answer that was a refusal.</summary>
    public int? Status => status;
}
