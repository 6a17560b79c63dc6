using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Shouldly;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.Workflows;

/// <summary>Workflows tried on a case that never was.</summary>
public sealed class SimulateWorkflowTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private HttpClient? _admin;

    [Theory]
    [InlineData("mode-1", "SCJG-013", "441303")]
    [InlineData("mode-1", "SCJG-013", "441322")]
    [InlineData("mode-2", "SCJG-001", "441322")]
    [InlineData("mode-3", "SCJG-005", null)]
    public async Task Simulate_Mode_ComesToItsEnd(string mode, string item, string? jurisdiction)
    {
        var tried = await SimulateAsync(mode, new { itemCode = item, jurisdiction });

        tried.GetProperty("completed").GetBoolean().ShouldBeTrue(tried.ToString());
        tried.GetProperty("state").GetString().ShouldBe("archived");
        var path = Path(tried);
        path[0].ShouldBe("start");
        path[^1].ShouldBe("end");
        path.ShouldContain(id => id == "deliver");
        tried.GetProperty("clocks").EnumerateArray().ShouldContain(clock => clock.GetProperty("kind").GetString() == "promised" && clock.GetProperty("endedOn").ValueKind == JsonValueKind.String);
    }

    [Fact]
    public async Task Simulate_SupplementOnce_ShowsTheLoop()
    {
        var tried = await SimulateAsync("mode-2", new { itemCode = "SCJG-001", script = new { accept = "NeedsSupplement", decide = new[] { "NeedsSupplement", "Rejected" } } });

        tried.GetProperty("completed").GetBoolean().ShouldBeTrue(tried.ToString());
        Path(tried).Count(id => id == "accept").ShouldBe(2);
        Path(tried).Count(id => id == "decide").ShouldBe(2);
        Path(tried).ShouldContain(id => id == "supplement-accept");
        var decided = tried.GetProperty("path").EnumerateArray().Last(step => step.GetProperty("activityId").GetString() == "decide");
        (decided.GetProperty("outcome").GetString(), decided.GetProperty("outcomeName").GetString()).ShouldBe(("Rejected", "不予"));
    }

    [Fact]
    public async Task Simulate_NobodyBringsMaterials_ExpiresOnTheDay()
    {
        var tried = await SimulateAsync("mode-1", new { itemCode = "SCJG-013", script = new Dictionary<string, string>(StringComparer.Ordinal) { ["collect-materials"] = "Wait" } });

        var collect = tried.GetProperty("path").EnumerateArray().Single(step => step.GetProperty("activityId").GetString() == "collect");
        collect.GetProperty("outcome").GetString().ShouldBe("Expired");
        (collect.GetProperty("leftAt").GetDateTimeOffset() - collect.GetProperty("at").GetDateTimeOffset()).ShouldBe(TimeSpan.FromDays(90));
        tried.GetProperty("completed").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Simulate_NobodyAccepts_IsDeemedAcceptedAndGoesOn()
    {
        var tried = await SimulateAsync("mode-2", new { itemCode = "SCJG-001", script = new { accept = "Wait" } });

        var accept = tried.GetProperty("path").EnumerateArray().Single(step => step.GetProperty("activityId").GetString() == "accept");
        accept.GetProperty("outcome").GetString().ShouldBe("Accepted");
        tried.GetProperty("clocks").EnumerateArray().Single(clock => clock.GetProperty("kind").GetString() == "acceptance").GetProperty("state").GetString().ShouldBe("ended");
        tried.GetProperty("state").GetString().ShouldBe("archived");
    }

    [Fact]
    public async Task Simulate_NobodyDecides_SaysWhatItWaitsFor()
    {
        var tried = await SimulateAsync("mode-2", new { itemCode = "SCJG-001", script = new { decide = "Wait" } });

        tried.GetProperty("completed").GetBoolean().ShouldBeFalse();
        tried.GetProperty("stillWaits").EnumerateArray().Select(wait => wait.GetString()).ShouldBe(["「等待撤件」还在等待", "「审批决定」还在等待"], ignoreOrder: true);
    }

    [Fact]
    public async Task Simulate_Withdrawal_EndsTheCase()
    {
        var tried = await SimulateAsync("mode-2", new { itemCode = "SCJG-001", script = new { withdraw = "forwarded" } });

        tried.GetProperty("completed").GetBoolean().ShouldBeTrue(tried.ToString());
        Path(tried).ShouldNotContain(id => id == "decide");
    }

    [Fact]
    public async Task Simulate_Draft_RunsWhatIsNotPublished()
    {
        await new Designer(fixture).SaveAsync("drafted", "mode-3", Designer.TellOnceMore);

        Path(await SimulateAsync("drafted", new { itemCode = "SCJG-005" })).ShouldContain(id => id == "extra");
    }

    [Fact]
    public async Task Simulate_LeavesNothingBehind()
    {
        // Signing in leaves its session and its line of the audit trail.
        _admin = await fixture.SignInAsync("admin");
        await using var connection = await fixture.Source.OpenConnectionAsync();
        var before = await CountAsync(connection);

        await SimulateAsync("mode-1", new { itemCode = "SCJG-013", script = new { decide = "NeedsSupplement" } });

        (await CountAsync(connection)).ShouldBe(before);
    }

    [Fact]
    public async Task Simulate_ByOthers_IsRefused()
    {
        using var clerk = await (await fixture.SignInAsync("clerk.city")).PostAsJsonAsync("/api/workflows/mode-1/simulate", new { });
        using var unknown = await (await fixture.SignInAsync("admin")).PostAsJsonAsync("/api/workflows/mode-1/simulate", new { itemCode = "NO-SUCH" });

        clerk.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Counter.ProblemAsync(unknown)).Code.ShouldBe("item_unknown");
    }

    private static List<string?> Path(JsonElement tried) => [.. tried.GetProperty("path").EnumerateArray().Select(step => step.GetProperty("activityId").GetString())];

    private async Task<JsonElement> SimulateAsync(string definitionId, object request)
    {
        _admin ??= await fixture.SignInAsync("admin");
        using var response = await _admin.PostAsJsonAsync($"/api/workflows/{definitionId}/simulate", request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The rows of every table, and the numbers that were drawn.</summary>
    private static async Task<List<string>> CountAsync(Npgsql.NpgsqlConnection connection)
    {
        var tables = await connection.QueryAsync<string>("select schemaname || '.' || tablename from pg_tables where schemaname in ('tongban', 'elsa', 'sandbox') order by 1");
        var counts = new List<string>();
        foreach (var table in tables)
            counts.Add($"{table}: {await connection.ExecuteScalarAsync<long>($"select count(*) from {table}")}");
        counts.AddRange(await connection.QueryAsync<string>("select series || place || day || last from tongban.number_series order by 1"));
        counts.AddRange(await connection.QueryAsync<string>("select sequencename || coalesce(last_value, 0) from pg_sequences where schemaname = 'sandbox' order by 1"));
        return counts;
    }
}
