using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Shouldly;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Tests.Cases;
using TongBan.Host.Tests.Pages;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TongBan.Host.Tests.Limits;

/// <summary>One date, wherever one looks: a case walked through all that moves it. 2027 has no calendar until the walk publishes one.</summary>
public sealed class WalkTests(MovingBrowserFixture fixture) : IClassFixture<MovingBrowserFixture>
{
    private readonly Clocks _clocks = new(fixture, fixture.Time);

    private Counter Counter => _clocks.Counter;

    [Fact]
    public async Task Case_SupplementsSpecialProcedureExtensionAndCalendarChange_HasTheSameDateEverywhere()
    {
        await _clocks.MoveToAsync("2027-03-01");
        var number = await _clocks.ReviewingAsync();
        await RunsAsync(number, due: "2027-03-15", timer: "2027-03-11", isProvisional: true);

        await _clocks.MoveToAsync("2027-03-03");
        await Counter.CompleteAsync("approver.boluo", number, "decide", "NeedsSupplement", new { missing = new[] { "M01" } });
        await StandsAsync(number, used: 2, left: 8);
        await _clocks.MoveToAsync("2027-03-05");
        await SupplyAsync(number);
        await RunsAsync(number, due: "2027-03-17", timer: "2027-03-15", isProvisional: true);

        await _clocks.MoveToAsync("2027-03-09");
        await Counter.CompleteAsync("approver.boluo", number, "decide", "NeedsSupplement", new { missing = new[] { "M01" } });
        await StandsAsync(number, used: 4, left: 6);
        await _clocks.MoveToAsync("2027-03-11");
        await SupplyAsync(number);
        await RunsAsync(number, due: "2027-03-19", timer: "2027-03-17", isProvisional: true);

        await _clocks.MoveToAsync("2027-03-15");
        await Counter.CompleteAsync("approver.boluo", number, "decide", "StartSpecialProcedure", new { procedure = "听证" });
        await StandsAsync(number, used: 6, left: 4);
        await _clocks.MoveToAsync("2027-03-18");
        await Counter.CompleteAsync("approver.boluo", number, "end-special-procedure", "Done");
        await RunsAsync(number, due: "2027-03-24", timer: "2027-03-22", isProvisional: true);

        await _clocks.MoveToAsync("2027-03-19");
        await PostAsync("approver.boluo", $"/api/cases/{number}/extension", new { days = 5, reason = "案情复杂" });
        await PostAsync("head.boluo", $"/api/cases/{number}/extension/grant", new { });
        await RunsAsync(number, due: "2027-03-31", timer: "2027-03-26", isProvisional: true);

        (await (await Counter.AsAsync("admin")).PutAsJsonAsync("/api/calendars/441300/2027/draft", new { notice = "示例放假安排", text = "2027-03-26,休,示例节日" })).EnsureSuccessStatusCode();
        await PostAsync("admin", "/api/calendars/441300/2027/publish", new { });
        await Eventually.BecomesAsync(async () => (await _clocks.TimelineAsync(number, "recount")).Count, lines => lines > 0);
        await RunsAsync(number, due: "2027-04-01", timer: "2027-03-29", isProvisional: false);

        await _clocks.MoveToAsync("2027-04-02");
        (await Eventually.BecomesAsync(() => _clocks.TimelineAsync(number, "light"), lines => lines.Any(line => line.Contains("承诺办结时限已超过")))).ShouldContain(line => line.Contains("2027-04-01届满"));
        (await Counter.StateAsync(number)).ShouldBe("reviewing");
    }

    private async Task SupplyAsync(string number)
    {
        (await Counter.UploadAsync(number, "M01")).Dispose();
        await Counter.CompleteAsync("clerk.city", number, "supplement", "Complete");
    }

    private async Task PostAsync(string person, string address, object body)
    {
        using var response = await (await Counter.AsAsync(person)).PostAsJsonAsync(address, body);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }

    /// <summary>The clock runs: case, explanation, its days and text, timer, staff's page and applicant's page all say this date.</summary>
    private async Task RunsAsync(string number, string due, string timer, bool isProvisional)
    {
        var clock = (await _clocks.OfAsync(number, LimitKind.Promised)).ShouldNotBeNull();
        var limit = await ExplainedAsync(number);
        var day = DateOnly.ParseExact(due, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var armed = new DateTimeOffset(DateOnly.ParseExact(timer, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToDateTime(TimeOnly.MinValue), CityTime.Offset);

        clock.GetProperty("dueOn").GetString().ShouldBe(due);
        (limit.GetProperty("promised").GetString(), limit.GetProperty("due").GetString()).ShouldBe((due, due));
        limit.GetProperty("days").EnumerateArray().Last().ShouldSatisfyAllConditions(last => last.GetProperty("date").GetString().ShouldBe(due), last => last.GetProperty("counted").GetBoolean().ShouldBeTrue());
        limit.GetProperty("text").GetString()!.ShouldContain($"最后一日为{day:yyyy年M月d日}");
        (clock.GetProperty("provisional").GetBoolean(), limit.GetProperty("provisional").GetBoolean()).ShouldBe((isProvisional, isProvisional));
        (clock.GetProperty("timerAt").GetDateTimeOffset(), limit.GetProperty("timerAt").GetDateTimeOffset()).ShouldBe((armed, armed));
        (await ArmedAsync(number)).ShouldBe(armed);
        var tracked = await TrackedAsync(number);
        tracked.GetProperty("dueDate").GetString().ShouldBe(due);
        tracked.GetProperty("limitText").GetString().ShouldBe(limit.GetProperty("text").GetString());
        await ShownAsync(number, due, limit.GetProperty("text").GetString()!);
    }

    /// <summary>The clock stands: no date and no timer anywhere, and everywhere what is left.</summary>
    private async Task StandsAsync(string number, int used, int left)
    {
        var clock = (await _clocks.OfAsync(number, LimitKind.Promised)).ShouldNotBeNull();
        var limit = await ExplainedAsync(number);

        (clock.GetProperty("state").GetString(), clock.GetProperty("leftDays").GetInt32()).ShouldBe(("stopped", left));
        limit.GetProperty("text").GetString()!.ShouldContain($"已用{used}天，还剩{left}天");
        new[] { clock.GetProperty("dueOn"), clock.GetProperty("timerAt"), limit.GetProperty("promised"), limit.GetProperty("due"), limit.GetProperty("timerAt"), (await TrackedAsync(number)).GetProperty("dueDate") }
            .ShouldAllBe(date => date.ValueKind == JsonValueKind.Null);
        (await ArmedAsync(number)).ShouldBeNull();
        await ShownAsync(number, $"余 {left} 天", limit.GetProperty("text").GetString()!);
    }

    /// <summary>The case's page says it at the top, and in the explanation that opens.</summary>
    private async Task ShownAsync(string number, string said, string text)
    {
        var page = await fixture.SignInPageAsync("supervisor");
        await page.GotoAsync($"/cases/{number}");
        await Expect(page.Locator(".head .line")).ToContainTextAsync(said);
        await page.Locator("details.clock").Filter(new() { HasText = "承诺办结时限" }).Locator("summary").ClickAsync();
        await Expect(page.Locator(".how").First).ToHaveTextAsync(text);
        await BrowserFixture.PictureAsync(page, "limit");
        await page.Context.CloseAsync();
    }

    private async Task<JsonElement> ExplainedAsync(string number) => await (await Counter.AsAsync("supervisor")).GetFromJsonAsync<JsonElement>($"/api/cases/{number}/limit");

    private async Task<JsonElement> TrackedAsync(string number)
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        var secret = await connection.ExecuteScalarAsync<string>("select secret from tongban.cases where number = @number", new { number });
        return await fixture.Anonymous().GetFromJsonAsync<JsonElement>($"/api/track/{number}?secret={secret}");
    }

    private async Task<DateTimeOffset?> ArmedAsync(string number)
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<DateTime?>("select next_at from tongban.limit_clocks where case_number = @number and kind = 'promised'", new { number });
    }
}
