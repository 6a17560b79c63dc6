using System.Net;
using System.Text.Json;
using Dapper;
using Shouldly;
using TongBan.Host.Tests.Cases;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace TongBan.Host.Tests.Partners;

/// <summary>A case whose partners are the test itself: it answers their calls and calls back for them.</summary>
internal sealed class Wired(PartnersFixture fixture)
{
    public Counter Counter { get; } = new(fixture);

    /// <summary>The courier takes each order; the test says the waybills, one after the other.</summary>
    public void TakeOrders(params string[] waybills)
    {
        fixture.Server.Reset();
        fixture.Server.Given(Request.Create().WithPath("/sms/*").UsingPost()).RespondWith(Response.Create().WithStatusCode(201).WithBody("{}"));
        fixture.Server.Given(Request.Create().WithPath("/approval/*").UsingPost()).RespondWith(Response.Create().WithStatusCode(202));
        var state = Guid.NewGuid().ToString();
        foreach (var (index, waybill) in waybills.Index())
        {
            var answer = Response.Create().WithStatusCode(201).WithBody($$"""{ "orderNo": "O-{{waybill}}", "waybill": "{{waybill}}" }""");
            var mapping = fixture.Server.Given(Request.Create().WithPath("/courier/orders").UsingPost()).InScenario(state);
            (index == 0 ? mapping : mapping.WhenStateIs($"{index}")).WillSetStateTo($"{index + 1}").RespondWith(answer);
        }
    }

    /// <summary>How many calls reached this path of the partners, and under how many keys.</summary>
    public (int Calls, int Keys) Seen(string path)
    {
        var calls = fixture.Server.LogEntries.Where(entry => entry.RequestMessage!.Path == path).ToList();
        return (calls.Count, calls.Select(entry => entry.RequestMessage!.Headers!["Idempotency-Key"].Single()).Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>A case whose result waits to be handed to the courier.</summary>
    public async Task<string> DecidedAsync()
    {
        var number = await Counter.AcceptedAsync();
        await Counter.CompleteAsync("approver.boluo", number, "acknowledge", "Acknowledged");
        await Counter.CompleteAsync("approver.boluo", number, "decide", "Approved", new { documentNumber = "照-" + number });
        return number;
    }

    /// <summary>A case that was pushed to the authority's own system.</summary>
    public async Task<string> PushedAsync()
    {
        var number = await Counter.AcceptedAsync(Counter.Application("SCJG-001", "441303"));
        await Eventually.BecomesAsync(() => ScalarAsync<string>("select state from tongban.partner_calls where case_number = @number and operation = 'pushCase'", number), state => state == "done");
        return number;
    }

    /// <summary>The courier says where a parcel is.</summary>
    public Task TrackAsync(string waybill, string status, string? messageId = null) => SayAsync("courier/unified", new
    {
        messageId = messageId ?? Guid.NewGuid().ToString(), waybill, status, at = fixture.Now, signedBy = status == "signed" ? "本人" : null,
    });

    /// <summary>The authority's system says something of a case.</summary>
    /// <param name="number">The case.</param>
    /// <param name="kind">What it says.</param>
    /// <param name="second">When it happened, within a minute: what comes out of order was said in order.</param>
    /// <param name="decision">The decision, for that kind.</param>
    /// <param name="messageId">The message's own id.</param>
    public Task HearAsync(string number, string kind, int second, object? decision = null, string? messageId = null) => SayAsync("approval/" + PartnersFixture.Authority, new
    {
        messageId = messageId ?? Guid.NewGuid().ToString(), caseNumber = number, kind, at = fixture.Now.AddMinutes(-1).AddSeconds(second), reason = "示例理由", missing = new[] { "M01" }, decision,
    });

    public static object Approval(string documentNumber) => new { result = "approved", documentNumber };

    public async Task<T> ScalarAsync<T>(string sql, string number)
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, new { number }))!;
    }

    private async Task SayAsync(string partner, object message)
    {
        using var response = await fixture.Anonymous().SendAsync(new Signer(PartnersFixture.Secret).Post("/callbacks/" + partner, JsonSerializer.Serialize(message, JsonSerializerOptions.Web)));
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
    }
}
