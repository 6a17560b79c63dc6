using System.Text.Json;
using Shouldly;
using TongBan.Host.Tests.Workflows;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace TongBan.Host.Tests.Mail.Scans;

/// <summary>A host whose mails go to a real SMTP server and whose short messages go to a gateway of the tests' own.</summary>
public sealed class ScansFixture : MailFixture
{
    private const string Secret = "a-secret-that-both-know";

    internal WireMockServer Gateway { get; } = WireMockServer.Start();

    protected override IEnumerable<string> Settings => [.. base.Settings, $"--TongBan:Sms:BaseUrl={Gateway.Url}/sms", $"--TongBan:Sms:Secret={Secret}"];

    public override async ValueTask InitializeAsync()
    {
        Gateway.Given(Request.Create().WithPath("/sms/messages").UsingPost()).RespondWith(Response.Create().WithStatusCode(201).WithBody("{}"));
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Gateway.Dispose();
    }

    /// <summary>Publishes a workflow of the item's own whose scans go to the authority by mail, as an administrator does.</summary>
    internal async Task SendByMailAsync(string item, string address, string phone)
    {
        var admin = await SignInAsync("admin");
        (await admin.PostAsync($"/api/items/{item}/workflow/customize", null)).Dispose();
        await new Designer(this).SaveAsync($"item-{item}", $"item-{item}", root =>
        {
            var mail = root["activities"]!.AsArray().Single(activity => activity!["id"]!.GetValue<string>() == "mail")!;
            mail["channel"]!["expression"]!["value"] = "Email";
            mail["address"] = Designer.Literal(address);
            mail["phone"] = Designer.Literal(phone);
        });
        using var published = await admin.PostAsync($"/api/workflows/item-{item}/publish", null);
        published.IsSuccessStatusCode.ShouldBeTrue(await published.Content.ReadAsStringAsync());
    }

    /// <summary>The short messages that the phone got, oldest first.</summary>
    internal IReadOnlyList<string> MessagesTo(string phone) =>
        [.. Gateway.LogEntries.Select(entry => JsonSerializer.Deserialize<JsonElement>(entry.RequestMessage!.Body!))
            .Where(message => message.GetProperty("to").GetString() == phone).Select(message => message.GetProperty("text").GetString()!)];
}
