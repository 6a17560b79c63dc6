using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shouldly;
using TongBan.Host.People;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.Web;

/// <summary>
/// 10,000 requests made from the API's own description, each with something wrong in path, query, headers or body, by people of
/// every role and by nobody: none is answered with a failure of ours, and none tells what its caller may not know.
/// </summary>
public sealed class ApiFuzzTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const int Requests = 10_000;
    private const int Seed = 20261126;
    private const int AtOnce = 8;

    /// <summary>Of a case at the city hall and 博罗县: nobody of 惠东县, and no clerk of another hall, learns any of it.</summary>
    private const string Name = "示例保密申请人", IdNumber = "440524188001010014", Phone = "13912345678", Address = "样例保密街道77号";

    private static readonly string[] Leaks = ["   at TongBan", "   at Elsa", "   at Npgsql", "   at Microsoft", "Npgsql.", "System.InvalidOperation", "/tmp/", "password_hash", IdNumber, Phone, Address];

    private static readonly string[] Texts =
        ["", " ", "0", "-1", "999999999999999999999", "null", "true", "'", "\"", "' or 1=1 --", "%", "%25", "../../etc/passwd", "\u0000", "\u202E𠮷中文", "<script>alert(1)</script>", "{{7*7}}", "${7*7}", "\r\nX-Injected: 1", "9999-99-99", "00000000-0000-0000-0000-000000000000", "SCJG-001", "mode-1", "H441300", "441322"];

    [Fact]
    public async Task Api_AskedTenThousandOddThings_NeitherFailsNorTells()
    {
        var counter = new Counter(fixture);
        var number = await counter.OpenAsync(Secret());
        var operations = await OperationsAsync();
        operations.Count.ShouldBeGreaterThan(25);
        var callers = new List<(string Who, HttpClient Client)> { ("nobody", fixture.Anonymous()) };
        foreach (var user in DevelopmentUsers.All)
            callers.Add((user.UserName, await fixture.SignInAsync(user.UserName)));

        var random = new Random(Seed);
        var requests = Enumerable.Range(0, Requests).Select(_ => Make(random, operations[random.Next(operations.Count)], callers, number)).ToList();
        var problems = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (request, cancellation) =>
        {
            using var message = request.Message();
            using var response = await request.Client.SendAsync(message, cancellation);
            var body = await response.Content.ReadAsStringAsync(cancellation);
            if ((int)response.StatusCode >= 500)
                problems.Add($"{(int)response.StatusCode} for {request}: {body}");
            foreach (var leak in Leaks.Where(leak => body.Contains(leak, StringComparison.Ordinal) && !request.Says(leak) && !request.MayReveal))
                problems.Add($"“{leak}” told to {request}");
            if (request.Who is "nobody" or "clerk.boluo" && body.Contains(Name, StringComparison.Ordinal))
                problems.Add($"another place's applicant told to {request}");
            if (response.Headers.Contains("X-Injected"))
                problems.Add($"a header written by {request}");
        });

        problems.Take(10).ShouldBeEmpty($"{problems.Count} of {Requests} requests");
        (await callers.Single(caller => caller.Who == "supervisor").Client.GetAsync($"/api/cases/{number}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    private static Dictionary<string, object?> Secret()
    {
        var application = Counter.Application(delivery: new { kind = "courier", address = Address });
        application["applicant"] = new { type = "person", name = Name, idNumber = IdNumber, phone = Phone };
        return application;
    }

    private async Task<List<Operation>> OperationsAsync()
    {
        using var document = JsonDocument.Parse(await fixture.Anonymous().GetStringAsync("/openapi/v1.json"));
        var root = document.RootElement.Clone();
        return [.. root.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(method => method.Name is "get" or "post" or "put" or "delete" or "patch")
            .Select(method => new Operation(method.Name.ToUpperInvariant(), path.Name, method.Value, root)))];
    }

    private static Request Make(Random random, Operation operation, List<(string Who, HttpClient Client)> callers, string number)
    {
        var path = operation.Path;
        foreach (var parameter in operation.Parameters("path"))
            path = path.Replace("{" + parameter + "}", Uri.EscapeDataString(Pick(random, number)), StringComparison.Ordinal);
        var query = string.Join('&', operation.Parameters("query").Where(_ => random.Next(2) == 0).Select(name => $"{name}={Uri.EscapeDataString(Pick(random, number))}"));
        var body = operation.Method is "GET" or "DELETE" ? null : random.Next(8) switch
        {
            0 => Pick(random, number),
            1 => "[",
            2 => new string('[', 200) + new string(']', 200),
            _ => operation.Body(random, () => Pick(random, number)),
        };
        var (who, client) = callers[random.Next(callers.Count)];
        return new(who, client, operation.Method, query.Length > 0 ? $"{path}?{query}" : path, body, random.Next(10) switch { 0 => "text/plain", 1 => "multipart/form-data; boundary=x", _ => "application/json" }, Guid.NewGuid().ToString());
    }

    private static string Pick(Random random, string number) => random.Next(4) == 0 ? number : Texts[random.Next(Texts.Length)];

    private sealed record Request(string Who, HttpClient Client, string Method, string Path, string? Body, string ContentType, string Key)
    {
        /// <summary>What the caller said may be said back.</summary>
        public bool Says(string text) => Body?.Contains(text, StringComparison.Ordinal) == true || Uri.UnescapeDataString(Path).Contains(text, StringComparison.Ordinal);

        /// <summary>Those who work on the case and gave a reason.</summary>
        public bool MayReveal => Path.EndsWith("/personal", StringComparison.Ordinal) && (Who is "clerk.city" or "approver.boluo" or "head.boluo" or "supervisor");

        public HttpRequestMessage Message()
        {
            var message = new HttpRequestMessage(new HttpMethod(Method), Path);
            message.Headers.Add("Idempotency-Key", Key);
            if (Body is not null)
            {
                message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
                message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
            }

            return message;
        }

        public override string ToString() => $"{Who}: {Method} {Path} {Body}";
    }

    /// <summary>One operation of the description.</summary>
    private sealed record Operation(string Method, string Path, JsonElement Description, JsonElement Root)
    {
        private const int Deepest = 6;

        public List<string> Parameters(string place) => Description.TryGetProperty("parameters", out var parameters)
            ? [.. parameters.EnumerateArray().Where(one => one.GetProperty("in").GetString() == place).Select(one => one.GetProperty("name").GetString()!)]
            : [];

        /// <summary>A body of the described form, some of its members odd, missing or of another type.</summary>
        public string Body(Random random, Func<string> odd) =>
            Description.TryGetProperty("requestBody", out var body) && body.GetProperty("content").EnumerateObject().FirstOrDefault().Value is { ValueKind: JsonValueKind.Object } media && media.TryGetProperty("schema", out var schema)
                ? JsonSerializer.Serialize(Value(schema, random, odd, 0))
                : "{}";

        private object? Value(JsonElement schema, Random random, Func<string> odd, int depth)
        {
            if (schema.TryGetProperty("$ref", out var reference))
                schema = Root.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
            if (schema.TryGetProperty("oneOf", out var choices))
                return Value(choices[choices.GetArrayLength() - 1], random, odd, depth + 1);
            if (depth > Deepest || random.Next(12) == 0)
                return random.Next(3) switch { 0 => null, 1 => odd(), _ => new[] { random.Next() } };
            if (schema.TryGetProperty("properties", out var members))
                return members.EnumerateObject().Where(_ => random.Next(6) > 0).ToDictionary(member => member.Name, member => Value(member.Value, random, odd, depth + 1), StringComparer.Ordinal);
            if (schema.TryGetProperty("items", out var items))
                return Enumerable.Range(0, random.Next(3)).Select(_ => Value(items, random, odd, depth + 1)).ToList();
            if (schema.TryGetProperty("enum", out var names) && random.Next(2) == 0)
                return names[random.Next(names.GetArrayLength())].ToString();
            return random.Next(5) == 0 ? random.Next(-5, 1000) : odd();
        }
    }
}
