using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;

namespace TongBan.Host.Tests.Cases;

/// <summary>The people at work on cases, over HTTP as they would be.</summary>
internal sealed class Counter(HostFixture fixture)
{
    /// <summary>A whole, small PDF.</summary>
    public static readonly byte[] Pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"u8.ToArray();

    private readonly Dictionary<string, HttpClient> _people = new(StringComparer.Ordinal);

    public async Task<HttpClient> AsAsync(string person)
    {
        if (!_people.TryGetValue(person, out var client))
            _people[person] = client = await fixture.SignInAsync(person);
        return client;
    }

    /// <summary>A body that opens a case at the city hall's window 1; change what the test is about.</summary>
    public static Dictionary<string, object?> Application(string item = "SCJG-001", string jurisdiction = "441322", object? delivery = null) => new(StringComparer.Ordinal)
    {
        ["itemCode"] = item,
        ["applicant"] = new { type = "person", name = "示例申请人", idNumber = "11010519491231002X", phone = "13800000000" },
        ["hall"] = "H441300",
        ["window"] = 1,
        ["jurisdiction"] = jurisdiction,
        ["delivery"] = delivery ?? new { kind = "courier", address = "示例路1号" },
    };

    public async Task<HttpResponseMessage> TryOpenAsync(object application, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/cases") { Content = JsonContent.Create(application) };
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return await (await AsAsync("clerk.city")).SendAsync(request);
    }

    /// <summary>Opens a case.</summary>
    /// <returns>Its number.</returns>
    public async Task<string> OpenAsync(object? application = null)
    {
        using var response = await TryOpenAsync(application ?? Application());
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetString()!;
    }

    public async Task<JsonElement> CaseAsync(string number) => await (await AsAsync("supervisor")).GetFromJsonAsync<JsonElement>($"/api/cases/{number}");

    public async Task<string> StateAsync(string number) => (await CaseAsync(number)).GetProperty("state").GetString()!;

    public async Task<HttpResponseMessage> UploadAsync(string number, string code, byte[]? content = null)
    {
        using var form = new MultipartFormDataContent { { new StringContent(code), "requirementCode" }, { new ByteArrayContent(content ?? Pdf), "file", code + ".pdf" } };
        return await (await AsAsync("clerk.city")).PostAsync($"/api/cases/{number}/materials", form);
    }

    /// <summary>Uploads a file for each required entry of the checklist.</summary>
    public async Task UploadAllAsync(string number)
    {
        foreach (var entry in (await CaseAsync(number)).GetProperty("checklist").EnumerateArray().Where(e => e.GetProperty("required").GetBoolean()))
        {
            using var response = await UploadAsync(number, entry.GetProperty("code").GetString()!);
            response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        }
    }

    /// <summary>The id of the person's open task of this kind, once there is one.</summary>
    public Task<string> TaskAsync(string person, string number, string kind) => Eventually.BecomesAsync(
        async () => (await (await AsAsync(person)).GetFromJsonAsync<JsonElement>("/api/tasks?pageSize=500")).GetProperty("items").EnumerateArray()
            .Where(t => t.GetProperty("caseNumber").GetString() == number && t.GetProperty("kind").GetString() == kind)
            .Select(t => t.GetProperty("id").GetString()!).FirstOrDefault() ?? "",
        id => id.Length > 0);

    public async Task<HttpResponseMessage> TryCompleteAsync(string person, string task, string outcome, object? data = null) =>
        await (await AsAsync(person)).PostAsJsonAsync($"/api/tasks/{task}/complete", new { outcome, data });

    /// <summary>Waits for the person's task of this kind and completes it.</summary>
    /// <returns>The case's state after it.</returns>
    public async Task<string> CompleteAsync(string person, string number, string kind, string outcome, object? data = null)
    {
        using var response = await TryCompleteAsync(person, await TaskAsync(person, number, kind), outcome, data);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString()!;
    }

    /// <summary>Brings a case of the second mode to the authority's desk.</summary>
    public async Task<string> AcceptedAsync(object? application = null)
    {
        var number = await OpenAsync(application);
        await UploadAllAsync(number);
        await CompleteAsync("clerk.city", number, "collect-materials", "Complete");
        await CompleteAsync("clerk.city", number, "accept", "Accepted");
        return number;
    }

    public Task<string> EndsAsync(string number) => Eventually.BecomesAsync(() => StateAsync(number), state => state == "archived");

    public static async Task<(HttpStatusCode Status, string? Code, string[] Fields)> ProblemAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        var fields = body.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Select(e => e.Name).ToArray() : [];
        return (response.StatusCode, body.TryGetProperty("code", out var code) ? code.GetString() : null, fields);
    }
}
