using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.Limits;

/// <summary>Hours say when a window serves: they warn and refuse nothing.</summary>
public sealed class HallHoursTests(MovingHostFixture fixture) : IClassFixture<MovingHostFixture>
{
    private readonly Clocks _clocks = new(fixture, fixture.Time);

    [Theory]
    [InlineData("2027-03-01", "SCJG-001", false)]
    [InlineData("2027-03-06", "SCJG-005", false)]
    [InlineData("2027-03-06", "SCJG-001", true)]
    [InlineData("2027-03-07", "SCJG-005", true)]
    public async Task Open_InAndOutOfHours_IsOpenedAndWarnedOf(string day, string item, bool isWarned)
    {
        await _clocks.MoveToAsync(day);

        using var response = await _clocks.Counter.TryOpenAsync(Counter.Application(item, "441322", new { kind = "pickup", hall = "H441300" }));

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("warnings").EnumerateArray().Any(warning => warning.GetProperty("field").GetString() == "hall").ShouldBe(isWarned);
    }

    [Fact]
    public async Task Hours_SetByAnAdministrator_AreCheckedAndKept()
    {
        var admin = await _clocks.Counter.AsAsync("admin");

        using var overlap = await admin.PutAsJsonAsync("/api/halls/H441322/hours", new { hours = new[] { new { day = 1, opens = "09:00:00", closes = "12:00:00", dailyLife = false }, new { day = 1, opens = "11:00:00", closes = "13:00:00", dailyLife = false } } });
        (await Counter.ProblemAsync(overlap)).ShouldSatisfyAllConditions(p => p.Status.ShouldBe(HttpStatusCode.UnprocessableEntity), p => p.Fields.ShouldBe(["hours[1].opens"]));
        using var kept = await admin.PutAsJsonAsync("/api/halls/H441322/hours", new { hours = new[] { new { day = 2, opens = "08:30:00", closes = "12:00:00", dailyLife = false } } });
        (await kept.Content.ReadFromJsonAsync<JsonElement>()).GetArrayLength().ShouldBe(1);
        using var clerk = await (await _clocks.Counter.AsAsync("clerk.boluo")).PutAsJsonAsync("/api/halls/H441322/hours", new { hours = Array.Empty<object>() });
        clerk.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
