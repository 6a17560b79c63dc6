using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Shouldly;
using Xunit;

namespace TongBan.Host.Tests.Cases;

/// <summary>A workflow step that breaks is shown with its case, and a person sets it going again.</summary>
public sealed class StepIncidentTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private readonly Counter _counter = new(fixture);

    [Fact]
    public async Task Step_ThatFails_IsAnIncidentOfTheCaseAndGoesOnWhenRetried()
    {
        var number = await _counter.OpenAsync();
        await _counter.UploadAllAsync(number);
        await WithoutNoticesAsync(() => _counter.CompleteAsync("clerk.city", number, "collect-materials", "Complete"));

        var incident = (await _counter.CaseAsync(number)).GetProperty("incidents").EnumerateArray().Single();
        incident.GetProperty("state").GetString().ShouldBe("open");
        incident.GetProperty("source").GetString().ShouldBe("workflow");
        (await SettleAsync(incident, "skip")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await SettleAsync(incident, "cancel")).StatusCode.ShouldBe(HttpStatusCode.Conflict);

        (await SettleAsync(incident, "retry")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SettleAsync(incident, "retry")).StatusCode.ShouldBe(HttpStatusCode.Conflict);

        (await _counter.CompleteAsync("clerk.city", number, "accept", "Accepted")).ShouldBe("forwarded");
        (await _counter.CaseAsync(number)).GetProperty("incidents").EnumerateArray().Single().GetProperty("state").GetString().ShouldBe("retried");
    }

    [Fact]
    public async Task Step_ThatFailsAgainWhenRetried_IsANewIncident()
    {
        var number = await _counter.OpenAsync();
        await _counter.UploadAllAsync(number);
        await WithoutNoticesAsync(async () =>
        {
            await _counter.CompleteAsync("clerk.city", number, "collect-materials", "Complete");
            var incident = (await _counter.CaseAsync(number)).GetProperty("incidents").EnumerateArray().Single();
            (await SettleAsync(incident, "retry")).StatusCode.ShouldBe(HttpStatusCode.OK);
        });

        (await _counter.CaseAsync(number)).GetProperty("incidents").EnumerateArray().Select(i => i.GetProperty("state").GetString()).ShouldBe(["retried", "open"]);
    }

    private async Task<HttpResponseMessage> SettleAsync(JsonElement incident, string way) =>
        await (await _counter.AsAsync("admin")).PostAsJsonAsync($"/api/incidents/{incident.GetProperty("id").GetString()}/{way}", new { reason = "已排除故障" });

    /// <summary>Takes a table away for a while, so that the step which writes to it fails.</summary>
    private async Task WithoutNoticesAsync(Func<Task> act)
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("alter table tongban.notices rename to notices_away");
        await act();
        await connection.ExecuteAsync("alter table tongban.notices_away rename to notices");
    }
}
