using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MiniExcelLibs;
using Shouldly;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.Supervision;

/// <summary>The dashboard's tables as sheets.</summary>
public sealed class ExportFiguresTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private readonly Counter _counter = new(fixture);

    [Theory]
    [InlineData("halls")]
    [InlineData("authorities")]
    [InlineData("steps")]
    [InlineData("items")]
    [InlineData("days")]
    [InlineData("ratings")]
    public async Task Table_AsCsvAndXlsx_HasTheSameRows(string table)
    {
        await _counter.AcceptedAsync();
        await RatedAsync(5, "办得快");
        var supervisor = await _counter.AsAsync("supervisor");

        var csv = (await supervisor.GetStringAsync($"/api/supervision/{table}.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var xlsx = new MemoryStream(await supervisor.GetByteArrayAsync($"/api/supervision/{table}.xlsx"));

        xlsx.Query(useHeaderRow: true).Count().ShouldBe(csv.Length - 1);
        csv.Length.ShouldBeGreaterThan(1);
        using var refused = await (await _counter.AsAsync("clerk.city")).GetAsync($"/api/supervision/{table}.csv");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Comment_ThatIsAFormula_IsNoFormulaInTheSheet()
    {
        await RatedAsync(5, "=HYPERLINK(\"http://x\")");

        var csv = await (await _counter.AsAsync("supervisor")).GetStringAsync("/api/supervision/ratings.csv");

        csv.ShouldContain("'=HYPERLINK");
        csv.ShouldNotContain(",=HYPERLINK");
        csv.ShouldNotContain("\"=HYPERLINK");
    }

    private async Task RatedAsync(int grade, string comment)
    {
        using var opened = await _counter.TryOpenAsync(Counter.Application());
        var @case = await opened.Content.ReadFromJsonAsync<JsonElement>();
        var (number, secret) = (@case.GetProperty("number").GetString()!, @case.GetProperty("secret").GetString()!);
        using var rated = await fixture.Anonymous().PostAsJsonAsync($"/api/track/{number}/rating", new { secret, grade, comment });
        rated.StatusCode.ShouldBe(HttpStatusCode.Created, await rated.Content.ReadAsStringAsync());
    }
}
