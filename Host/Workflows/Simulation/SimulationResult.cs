using Elsa.Runtime;
using TongBan.Domain.Cases;
using TongBan.Host.Features.Cases;
using TongBan.Workflows.Soundness;

namespace TongBan.Host.Workflows.Simulation;

/// <summary>A step that the sample case came through, or is at.</summary>
/// <param name="At">When it began, in the simulation's time.</param>
/// <param name="LeftAt">When it left; null when it did not.</param>
/// <param name="Outcome">The outcome by which it left, where it has several.</param>
/// <param name="Waited">How long it waited, in hours.</param>
/// <param name="Error">Why it failed.</param>
internal sealed record SimulatedStep(string ActivityId, string Type, string Name, DateTimeOffset At, DateTimeOffset? LeftAt, string? Outcome, string? OutcomeName, double Waited, string Status, string? Error);

/// <summary>What became of the sample case.</summary>
/// <param name="Completed">Whether it came to its end.</param>
/// <param name="Cut">Whether it went in circles until it was cut off.</param>
/// <param name="Path">Its steps in the order in which they began.</param>
/// <param name="StillWaits">What it waits for that nobody answers; empty when it came to its end.</param>
/// <param name="Clocks">Its limits with their dates.</param>
internal sealed record SimulationResult(
    string DefinitionId, int Version, string ItemCode, string ItemName, bool Completed, bool Cut, CaseState State, string StateName, DateTimeOffset StartedAt, DateTimeOffset EndedAt,
    IReadOnlyList<SimulatedStep> Path, IReadOnlyList<string> StillWaits, IReadOnlyList<ClockView> Clocks)
{
    /// <summary>Steps as people see them: without what only holds other steps.</summary>
    public static IReadOnlyList<SimulatedStep> Show(IEnumerable<TrailStep> steps, IReadOnlyDictionary<string, string> names) =>
        [.. steps.Where(step => step.ActivityType is not ("Elsa.Workflow" or "Elsa.Flowchart" or "Elsa.Sequence")).Select(step => Show(step, names))];

    /// <summary>What keeps the case, in words.</summary>
    public static IReadOnlyList<string> Waits(IEnumerable<SimulatedStep> path) =>
        [.. path.Where(step => step.Status is "Running" or "Faulted").Select(step => step.Error is null ? $"「{step.Name}」还在等待" : $"「{step.Name}」出错：{step.Error}")];

    private static SimulatedStep Show(TrailStep step, IReadOnlyDictionary<string, string> names)
    {
        var outcome = step.Outcomes.Count > 0 ? string.Join("、", step.Outcomes) : null;
        return new(
            step.ActivityId, step.ActivityType, names.GetValueOrDefault(step.ActivityId, step.ActivityId), step.StartedAt, step.CompletedAt, outcome,
            outcome is null ? null : string.Join("、", step.Outcomes.Select(Wording.OutcomeText)), Math.Round(((step.CompletedAt ?? step.StartedAt) - step.StartedAt).TotalHours, 1), step.Status, step.Error);
    }
}
