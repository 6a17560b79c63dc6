using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;

namespace TongBan.Activities;

/// <summary>The time that a step has, besides the limits of the case as a whole.</summary>
/// <param name="Name">What the step is called.</param>
/// <param name="Days">Working days; 0 for no limit.</param>
/// <param name="Holder">Who must act.</param>
internal sealed record StepLimit(string Name, int Days, string Holder)
{
    /// <summary>The holder of parcels.</summary>
    public const string Courier = "统一物流";

    private const string Begun = "StepLimit";

    /// <summary>Starts the clock of a step, once.</summary>
    public static async Task BeginAsync(CaseStep step, StepLimit? limit)
    {
        if (limit is not { Days: > 0 } || step.Context.GetProperty<string>(Begun) is not null)
            return;
        step.Context.SetProperty(Begun, limit.Name);
        await step.Desk.Clocks.StartAsync(
            new LimitStart(step.Case.Number, LimitKind.Step, limit.Days, DayKind.Working, step.Desk.Time.Today(), limit.Holder, await step.Desk.DivisionAsync(step.Case), limit.Name),
            Actor.System);
    }

    /// <summary>Ends it: the step was left.</summary>
    public static async Task EndAsync(CaseStep step)
    {
        if (step.Context.GetProperty<string>(Begun) is { } name)
            await step.Desk.Clocks.EndStepAsync(step.Case.Number, name, Actor.System);
    }
}
