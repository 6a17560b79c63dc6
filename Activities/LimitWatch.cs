using System.Globalization;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;

namespace TongBan.Activities;

/// <summary>Watches the promised limit of a waiting step: says once when the light turns yellow and once when it turns red.</summary>
internal static class LimitWatch
{
    /// <summary>Says what is due to be said now, and asks to look again when the next light turns.</summary>
    public static async Task LookAsync(CaseStep step)
    {
        // The answer comes from the ledger each time, so a limit that was stopped, extended or re-counted moves the watch with it.
        if (await step.Desk.Clocks.ExplainPromisedAsync(step.Case.Number) is not { Due: { } due, Warn: { } warn })
            return;

        await TurnAsync(step, "yellow", warn, due, $"临近承诺时限（{Text(due)}），请尽快办理");
        await TurnAsync(step, "red", due.AddDays(1), due, $"已超过承诺时限（{Text(due)}），提请督办");
    }

    private static async Task TurnAsync(CaseStep step, string light, DateOnly from, DateOnly due, string what)
    {
        var at = new DateTimeOffset(from.ToDateTime(TimeOnly.MinValue), CityTime.Offset);
        if (at > step.Desk.Time.GetUtcNow())
        {
            step.LookAgain(at);
            return;
        }

        // Said once for each due date: a limit that is extended and runs out again is told again.
        var key = $"{light}:{Text(due)}";
        if (step.Context.GetProperty<bool>(key))
            return;
        step.Context.SetProperty(key, true);
        await step.Desk.Timeline.AddAsync(step.Case.Number, Actor.System, "light", what, light);
    }

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
