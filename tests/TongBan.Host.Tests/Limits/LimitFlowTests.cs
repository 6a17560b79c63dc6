using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Tests.Cases;
using TongBan.Host.Tests.Workflows;
using Xunit;

namespace TongBan.Host.Tests.Limits;

/// <summary>What clocks do by themselves, and what people do about them. 2027 has no published calendar: weekends alone are off.</summary>
public sealed class LimitFlowTests(MovingHostFixture fixture) : IClassFixture<MovingHostFixture>
{
    private readonly Clocks _clocks = new(fixture, fixture.Time);

    private Counter Counter => _clocks.Counter;

    [Fact]
    public async Task Acceptance_NobodyAnswers_IsDeemedAsOfReceiptShownAndNotified()
    {
        await _clocks.MoveToAsync("2027-03-01");
        var number = await _clocks.ReceivedAsync();
        (await _clocks.OfAsync(number, LimitKind.Acceptance)).ShouldNotBeNull().GetProperty("dueOn").GetString().ShouldBe("2027-03-08");

        await _clocks.MoveToAsync("2027-03-08");
        await Eventually.BecomesAsync(() => RemindersAsync("clerk.city", number), seen => seen.Count > 0);
        (await Counter.StateAsync(number)).ShouldBe("received");
        await _clocks.MoveToAsync("2027-03-09");
        (await Eventually.BecomesAsync(() => Counter.StateAsync(number), state => state != "received")).ShouldBe("accepted");

        var promised = (await _clocks.OfAsync(number, LimitKind.Promised)).ShouldNotBeNull();
        promised.GetProperty("startedOn").GetString().ShouldBe("2027-03-01");
        promised.GetProperty("dueOn").GetString().ShouldBe("2027-03-15");
        promised.GetProperty("provisional").GetBoolean().ShouldBeTrue();
        (await _clocks.OfAsync(number, LimitKind.Acceptance)).ShouldNotBeNull().GetProperty("state").GetString().ShouldBe("ended");
        var @case = await Counter.CaseAsync(number);
        @case.GetProperty("timeline").EnumerateArray().ShouldContain(line => line.GetProperty("state").GetString() == "accepted" && line.GetProperty("why").GetString()!.Contains("第三十二条"));
        @case.GetProperty("tasks").EnumerateArray().Where(task => task.GetProperty("kind").GetString() == "accept").ShouldAllBe(task => task.GetProperty("state").GetString() == "cancelled");
        (await Eventually.BecomesAsync(() => _clocks.MessagesAsync(number), messages => messages.Any(text => text.Contains("视为受理")))).Count(text => text.Contains("视为受理")).ShouldBe(1);
        using var paper = await (await Counter.AsAsync("clerk.city")).GetAsync($"/api/cases/{number}/documents/acceptance.pdf");
        paper.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Counter.CompleteAsync("logistics.city", number, "post-materials", "Posted");
        (await Counter.CompleteAsync("approver.boluo", number, "acknowledge", "Acknowledged")).ShouldBe("reviewing");
    }

    [Fact]
    public async Task Promised_PassesUndecided_PromptsWarnsAndEscalatesAndNothingIsDecided()
    {
        await _clocks.MoveToAsync("2027-04-05");
        var number = await _clocks.ReviewingAsync();
        (await _clocks.OfAsync(number, LimitKind.Promised)).ShouldNotBeNull().GetProperty("dueOn").GetString().ShouldBe("2027-04-19");

        await _clocks.MoveToAsync("2027-04-15");
        (await SignsAsync("approver.boluo", number, 1)).ShouldBe(["yellow"]);
        await _clocks.MoveToAsync("2027-04-16");
        (await SignsAsync("approver.boluo", number, 2)).ShouldBe(["prompt", "yellow"]);
        (await RemindersAsync("supervisor", number)).ShouldBeEmpty();
        (await RemindersAsync("head.boluo", number)).Select(Light).ShouldBe(["prompt", "yellow"], ignoreOrder: true);
        await _clocks.MoveToAsync("2027-04-20");
        (await SignsAsync("approver.boluo", number, 3)).ShouldBe(["prompt", "red", "yellow"]);

        (await RemindersAsync("supervisor", number)).ShouldHaveSingleItem().GetProperty("what").GetString()!.ShouldContain("红牌");
        (await RemindersAsync("head.boluo", number)).Count(reminder => Light(reminder) == "red").ShouldBe(1);
        (await RemindersAsync("approver.city", number)).ShouldBeEmpty();
        (await Counter.StateAsync(number)).ShouldBe("reviewing");
        (await _clocks.TimelineAsync(number, "light")).Count(line => line.StartsWith("承诺办结时限", StringComparison.Ordinal)).ShouldBe(3);

        var seen = (await RemindersAsync("supervisor", number))[0].GetProperty("id").GetInt64();
        (await (await Counter.AsAsync("approver.city")).PostAsync($"/api/reminders/{seen}/seen", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await Counter.AsAsync("supervisor")).PostAsync($"/api/reminders/{seen}/seen", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await RemindersAsync("supervisor", number)).ShouldBeEmpty();
        await Counter.CompleteAsync("approver.boluo", number, "decide", "Approved", new { documentNumber = "许-" + number });
        (await RemindersAsync("approver.boluo", number)).ShouldBeEmpty();
        (await _clocks.OfAsync(number, LimitKind.Delivery)).ShouldNotBeNull().GetProperty("dueOn").GetString().ShouldBe("2027-05-04");
    }

    [Fact]
    public async Task Promised_StepThatDoesNotWatch_PassesInSilence()
    {
        await _clocks.MoveToAsync("2027-07-05");
        var admin = await Counter.AsAsync("admin");
        (await admin.PostAsync("/api/items/SCJG-009/workflow/customize", null)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await new Designer(fixture).SaveAsync("item-SCJG-009", "item-SCJG-009", root => root["activities"]!.AsArray().Single(activity => activity!["id"]!.GetValue<string>() == "decide")!["watch"] =
            new JsonObject { ["typeName"] = "Boolean", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "False" } });
        (await admin.PostAsJsonAsync("/api/workflows/item-SCJG-009/publish", new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var silent = await _clocks.ReviewingAsync("SCJG-009");
        var watched = await _clocks.ReviewingAsync();

        await _clocks.MoveToAsync("2027-08-20");

        (await SignsAsync("approver.boluo", watched, 1)).ShouldBe(["red"]);
        (await RemindersAsync("approver.boluo", silent)).ShouldBeEmpty();
        (await _clocks.TimelineAsync(silent, "light")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Steps_EachHasItsClockAndHolderWhileItLasts()
    {
        await _clocks.MoveToAsync("2027-05-03");
        var number = await _clocks.ReceivedAsync();
        (await StepAsync(number)).ShouldBe(("受理审查", "市政务服务中心", "running"));

        await Counter.CompleteAsync("clerk.city", number, "accept", "Accepted");
        (await StepAsync(number, "寄送材料")).ShouldBe(("寄送材料", "统一物流", "running"));
        await Counter.CompleteAsync("logistics.city", number, "post-materials", "Posted");
        await Counter.TaskAsync("approver.boluo", number, "acknowledge");
        (await StepAsync(number, "寄送材料")).State.ShouldBe("ended");
        (await StepAsync(number, "签收转办件")).ShouldBe(("签收转办件", "博罗县市场监督管理局", "running"));
        (await StepAsync(number, "受理审查")).State.ShouldBe("ended");

        await _clocks.MoveToAsync("2027-05-06");
        await Eventually.BecomesAsync(() => RemindersAsync("supervisor", number), seen => seen.Count > 0);
        (await RemindersAsync("supervisor", number)).ShouldHaveSingleItem().GetProperty("what").GetString()!.ShouldStartWith("环节时限（签收转办件）已超过");
    }

    [Fact]
    public async Task Extension_AskedGrantedByTheHead_MovesTheDateOnce()
    {
        await _clocks.MoveToAsync("2027-06-07");
        var number = await _clocks.ReviewingAsync();

        (await PostAsync("approver.boluo", number, "", new { days = 11, reason = "案情复杂" })).ShouldBe((HttpStatusCode.UnprocessableEntity, "extension_too_long", "days"));
        (await PostAsync("approver.boluo", number, "", new { days = 5, reason = " " })).ShouldBe((HttpStatusCode.UnprocessableEntity, "limit_reason_missing", "reason"));
        (await PostAsync("approver.city", number, "", new { days = 5, reason = "案情复杂" })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync("clerk.city", number, "", new { days = 5, reason = "案情复杂" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync("head.boluo", number, "/grant", new { })).Code.ShouldBe("extension_not_asked");
        (await PostAsync("approver.boluo", number, "", new { days = 5, reason = "案情复杂" })).Status.ShouldBe(HttpStatusCode.Created);
        (await PostAsync("approver.boluo", number, "", new { days = 5, reason = "案情复杂" })).Code.ShouldBe("extension_asked");
        (await PostAsync("approver.boluo", number, "/grant", new { })).Code.ShouldBe("extension_not_yours");
        (await (await Counter.AsAsync("head.boluo")).GetFromJsonAsync<JsonElement>("/api/extensions")).EnumerateArray().ShouldContain(one => one.GetProperty("caseNumber").GetString() == number);
        (await PostAsync("head.boluo", number, "/grant", new { })).Status.ShouldBe(HttpStatusCode.OK);

        (await _clocks.OfAsync(number, LimitKind.Promised)).ShouldNotBeNull().GetProperty("dueOn").GetString().ShouldBe("2027-06-28");
        (await PostAsync("approver.boluo", number, "", new { days = 5, reason = "仍须延长" })).Code.ShouldBe("extension_repeated");
        (await Counter.CaseAsync(number)).GetProperty("extension").GetProperty("state").GetString().ShouldBe("granted");
        await Eventually.BecomesAsync(() => _clocks.MessagesAsync(number), messages => messages.Any(text => text.Contains("案情复杂") && text.Contains("2027年6月28日")));
    }

    [Fact]
    public async Task Extension_HeadAsksThemselves_NeedsAnotherHeadAndMayBeRefused()
    {
        await _clocks.MoveToAsync("2027-06-14");
        var number = await _clocks.ReviewingAsync();
        await PostAsync("head.boluo", number, "", new { days = 5, reason = "案情复杂" });

        (await PostAsync("head.boluo", number, "/grant", new { })).Code.ShouldBe("extension_not_approved");

        var other = await _clocks.ReviewingAsync();
        await PostAsync("approver.boluo", other, "", new { days = 5, reason = "案情复杂" });
        (await PostAsync("head.boluo", other, "/refuse", new { })).Code.ShouldBe("limit_reason_missing");
        (await PostAsync("head.boluo", other, "/refuse", new { reason = "材料齐全，应按期办结" })).Status.ShouldBe(HttpStatusCode.OK);
        (await _clocks.OfAsync(other, LimitKind.Promised)).ShouldNotBeNull().GetProperty("dueOn").GetString().ShouldBe("2027-06-28");
        (await PostAsync("approver.boluo", other, "", new { days = 3, reason = "须现场核查" })).Status.ShouldBe(HttpStatusCode.Created);
    }

    private static string Light(JsonElement reminder) => reminder.GetProperty("light").GetString()!;

    private async Task<(string? Step, string? Holder, string? State)> StepAsync(string number, string? step = null)
    {
        var clock = (await Counter.CaseAsync(number)).GetProperty("clocks").EnumerateArray()
            .Single(c => c.GetProperty("kind").GetString() == "step" && (step is null || c.GetProperty("step").GetString() == step));
        return (clock.GetProperty("step").GetString(), clock.GetProperty("holder").GetString(), clock.GetProperty("state").GetString());
    }

    private async Task<IReadOnlyList<JsonElement>> RemindersAsync(string person, string number) =>
        [.. (await (await Counter.AsAsync(person)).GetFromJsonAsync<JsonElement>("/api/reminders?pageSize=200")).GetProperty("items").EnumerateArray()
            .Where(reminder => reminder.GetProperty("caseNumber").GetString() == number)];

    /// <summary>The signs of the promised limit that the person was reminded of, once there are as many.</summary>
    private async Task<string[]> SignsAsync(string person, string number, int count) => [.. (await Eventually.BecomesAsync(
        async () => (await RemindersAsync(person, number)).Where(reminder => reminder.GetProperty("what").GetString()!.StartsWith("承诺", StringComparison.Ordinal)).ToList(),
        seen => seen.Count >= count)).Select(Light).Order(StringComparer.Ordinal)];

    private async Task<(HttpStatusCode Status, string? Code, string? Field)> PostAsync(string person, string number, string way, object body)
    {
        using var response = await (await Counter.AsAsync(person)).PostAsJsonAsync($"/api/cases/{number}/extension{way}", body);
        if (response.IsSuccessStatusCode)
            return (response.StatusCode, null, null);
        var (status, code, fields) = await Counter.ProblemAsync(response);
        return (status, code, fields.FirstOrDefault());
    }
}
