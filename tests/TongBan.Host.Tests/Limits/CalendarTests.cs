using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.Limits;

/// <summary>Administrators keep the calendars, and open cases follow.</summary>
public sealed class CalendarTests(MovingHostFixture fixture) : IClassFixture<MovingHostFixture>
{
    private readonly Clocks _clocks = new(fixture, fixture.Time);

    [Fact]
    public async Task Year_AsShipped_HasItsWorkingDaysAndHolidays()
    {
        var admin = await _clocks.Counter.AsAsync("admin");

        var year = await admin.GetFromJsonAsync<JsonElement>("/api/calendars/441300/2026");
        var unknown = await admin.GetFromJsonAsync<JsonElement>("/api/calendars/441300/2031");

        (year.GetProperty("published").GetBoolean(), year.GetProperty("workingDays").GetInt32(), year.GetProperty("days").GetArrayLength()).ShouldBe((true, 248, 365));
        var springFestival = year.GetProperty("days").EnumerateArray().Single(day => day.GetProperty("date").GetString() == "2026-02-15");
        (springFestival.GetProperty("nature").GetString(), springFestival.GetProperty("name").GetString()).ShouldBe(("holiday", "春节"));
        (unknown.GetProperty("published").GetBoolean(), unknown.GetProperty("text").GetString()).ShouldBe((false, ""));
    }

    [Fact]
    public async Task Draft_OddLines_AreNamedByRowAndFieldAndNothingIsKept()
    {
        var admin = await _clocks.Counter.AsAsync("admin");

        using var response = await admin.PutAsJsonAsync("/api/calendars/441300/2029/draft", new { notice = "示例放假安排", text = "2029-01-01,休,元旦\n2029-01-01..2029-01-02,休,元旦\n2029-13-01,休,国庆节\n2029-05-01,放,劳动节" });

        var (status, code, fields) = await Counter.ProblemAsync(response);
        (status, code).ShouldBe((HttpStatusCode.UnprocessableEntity, "calendar_file_invalid"));
        fields.ShouldBe(["rows[2].date", "rows[3].date", "rows[4].kind"]);
        using var published = await admin.PostAsync("/api/calendars/441300/2029/publish", null);
        published.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("1999", "示例", "year")]
    [InlineData("2029", "", "notice")]
    public async Task Draft_YearOrNoticeMissing_NamesTheField(string year, string notice, string field)
    {
        using var response = await (await _clocks.Counter.AsAsync("admin")).PutAsJsonAsync($"/api/calendars/441300/{year}/draft", new { notice, text = "" });

        (await Counter.ProblemAsync(response)).Fields.ShouldBe([field]);
    }

    [Fact]
    public async Task Calendars_ForAClerk_AreForbidden()
    {
        using var response = await (await _clocks.Counter.AsAsync("clerk.city")).GetAsync("/api/calendars");

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Publish_ThenWithdraw_MovesOpenCasesWithTheReasonAndNoClosedOne()
    {
        await _clocks.MoveToAsync("2028-09-25");
        var open = await _clocks.ReviewingAsync();
        var closed = await _clocks.ReviewingAsync();
        await _clocks.Counter.CompleteAsync("approver.boluo", closed, "decide", "Rejected", new { reason = "不符合条件" });
        (await DueAsync(open)).ShouldBe("2028-10-09");
        (await _clocks.OfAsync(open, LimitKind.Promised))!.Value.GetProperty("provisional").GetBoolean().ShouldBeTrue();
        var admin = await _clocks.Counter.AsAsync("admin");

        (await PutDraftAsync(admin, "2028-10-01..2028-10-07,休,国庆节")).ShouldBe(HttpStatusCode.OK);
        (await DueAsync(open)).ShouldBe("2028-10-09");
        await RecountedAsync(admin, await admin.PostAsync("/api/calendars/441300/2028/publish", null));

        (await DueAsync(open)).ShouldBe("2028-10-16");
        (await DueAsync(closed)).ShouldBe("2028-10-09");
        (await _clocks.OfAsync(open, LimitKind.Promised))!.Value.GetProperty("provisional").GetBoolean().ShouldBeFalse();
        (await _clocks.TimelineAsync(open, "recount")).ShouldContain(line => line == "承诺办结时限由2028-10-09改为2028-10-16");
        (await _clocks.TimelineAsync(closed, "recount")).ShouldNotContain(line => line.StartsWith("承诺", StringComparison.Ordinal));

        await RecountedAsync(admin, await admin.DeleteAsync("/api/calendars/441300/2028"));
        (await DueAsync(open)).ShouldBe("2028-10-09");
        (await _clocks.TimelineAsync(open, "recount")).ShouldContain(line => line == "承诺办结时限由2028-10-16改为2028-10-09");

        await PutDraftAsync(admin, "2028-09-28,休,防汛停工", "441322");
        await RecountedAsync(admin, await admin.PostAsync("/api/calendars/441322/2028/publish", null));
        (await DueAsync(open)).ShouldBe("2028-10-10");
        await RecountedAsync(admin, await admin.DeleteAsync("/api/calendars/441322/2028"));
    }

    [Fact]
    public async Task ReceiptRule_TurnedOff_CountsFromTheSaturdayItself()
    {
        await _clocks.MoveToAsync("2028-11-04");
        var number = await _clocks.ReceivedAsync();
        (await AcceptanceAsync(number)).ShouldBe("2028-11-13");
        var admin = await _clocks.Counter.AsAsync("admin");

        await RecountedAsync(admin, await admin.PutAsJsonAsync("/api/calendars/441300", new { receiptMovesOn = false }));
        (await AcceptanceAsync(number)).ShouldBe("2028-11-10");
        await RecountedAsync(admin, await admin.PutAsJsonAsync("/api/calendars/441300", new { receiptMovesOn = true }));
        (await AcceptanceAsync(number)).ShouldBe("2028-11-13");
    }

    private static async Task<HttpStatusCode> PutDraftAsync(HttpClient admin, string text, string division = "441300")
    {
        using var response = await admin.PutAsJsonAsync($"/api/calendars/{division}/2028/draft", new { notice = "示例放假安排", text });
        return response.StatusCode;
    }

    private static async Task RecountedAsync(HttpClient admin, HttpResponseMessage asked)
    {
        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted, await asked.Content.ReadAsStringAsync());
        var recount = await Eventually.BecomesAsync(() => admin.GetFromJsonAsync<JsonElement>(asked.Headers.Location), seen => seen.TryGetProperty("finishedAt", out var at) && at.ValueKind == JsonValueKind.String);
        recount.GetProperty("done").GetInt32().ShouldBe(recount.GetProperty("total").GetInt32());
        asked.Dispose();
    }

    private async Task<string?> DueAsync(string number) => (await _clocks.OfAsync(number, LimitKind.Promised))!.Value.GetProperty("dueOn").GetString();

    private async Task<string?> AcceptanceAsync(string number) => (await _clocks.OfAsync(number, LimitKind.Acceptance))!.Value.GetProperty("dueOn").GetString();
}
