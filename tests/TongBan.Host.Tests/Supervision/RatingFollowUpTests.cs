using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Domain.People;
using TongBan.Host.Features.Supervision;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.Supervision;

/// <summary>What becomes of a bad rating.</summary>
public sealed class RatingFollowUpTests(MovingHostFixture fixture) : IClassFixture<MovingHostFixture>
{
    private readonly Counter _counter = new(fixture);

    [Fact]
    public async Task BadRating_GivenBeforeAHoliday_IsDueAfterFiveWorkingDaysAndAnsweredOnce()
    {
        fixture.Time.MoveTo(new DateOnly(2026, 4, 30));
        var (number, secret) = await RatedAsync(2, "排队太久");
        var supervisor = new Actor("supervisor", "样例督办", Role.Supervisor);

        var rated = (await RunAsync(follow => follow.ListAsync(badOnly: true, supervisor))).Single(one => one.CaseNumber == number);
        (rated.DueOn, rated.IsOpen).ShouldBe((new DateOnly(2026, 5, 11), true));
        (await RunAsync(follow => follow.AnswerAsync(number, new RatingCheck(true, "属实", null, "已改"), supervisor))).Refusal!.Field.ShouldBe("measure");
        (await RunAsync(follow => follow.AnswerAsync(number, new RatingCheck(true, "属实", "增开窗口", "已改"), supervisor))).Value.ShouldBeTrue();
        (await RunAsync(follow => follow.AnswerAsync(number, new RatingCheck(false, "又查", null, "不改"), supervisor))).Refusal!.Code.ShouldBe("answered_already");

        var tracked = await fixture.Anonymous().GetFromJsonAsync<JsonElement>($"/api/track/{number}?secret={secret}");
        tracked.ToString().ShouldContain("已改");
    }

    private async Task<(string Number, string Secret)> RatedAsync(int grade, string comment)
    {
        using var opened = await _counter.TryOpenAsync(Counter.Application());
        var @case = await opened.Content.ReadFromJsonAsync<JsonElement>();
        var (number, secret) = (@case.GetProperty("number").GetString()!, @case.GetProperty("secret").GetString()!);
        using var rated = await fixture.Anonymous().PostAsJsonAsync($"/api/track/{number}/rating", new { secret, grade, comment });
        rated.StatusCode.ShouldBe(HttpStatusCode.Created, await rated.Content.ReadAsStringAsync());
        return (number, secret);
    }

    private async Task<T> RunAsync<T>(Func<RatingFollowUp, Task<T>> call)
    {
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        return await call(scope.ServiceProvider.GetRequiredService<RatingFollowUp>());
    }
}
