using TongBan.Domain.Tasks;
using TongBan.Domain.TimeLimits;

namespace TongBan.Host.Features.Tasks;

/// <summary>A human task.</summary>
/// <param name="Kind">Its kind's code, for example <c>collect-materials</c>.</param>
/// <param name="DueAt">The end of the last day on which it is in time, in the city's time.</param>
/// <param name="DueIsProvisional">The holidays of a year that was counted are not published yet, so the date may still move.</param>
internal sealed record TaskView(
    Guid Id, string Kind, string CaseNumber, string Title, IReadOnlyList<string> Outcomes, string State, string? Outcome, DateTimeOffset OpenedAt,
    DateTimeOffset? DueAt, Light Light, string? CompletedBy, bool DueIsProvisional)
{
    public static TaskView Of(HumanTask task, IEnumerable<LimitClock> clocks)
    {
        // The limit that counts now, to accept, to decide or to deliver; a supplement may have moved it since the task was opened.
        var clock = clocks.Where(c => c.Kind is LimitKind.Promised or LimitKind.Acceptance or LimitKind.Delivery && c.EndedOn is null).MinBy(c => c.Kind);
        var due = clock?.DueOn ?? task.DueOn;
        return new TaskView(
            task.Id, task.Kind.Code, task.CaseNumber, task.Kind.Title, task.Kind.Outcomes, task.State, task.Outcome, task.OpenedAt,
            due is { } day ? new DateTimeOffset(day.ToDateTime(new TimeOnly(23, 59, 59)), CityTime.Offset) : null, clock?.Light ?? Light.Green, task.CompletedBy?.Name, clock?.Provisional ?? false);
    }
}
