using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Domain.People;
using TongBan.Domain.Tasks;
using TongBan.Workflows;

namespace TongBan.Host.Workflows.Simulation;

/// <summary>The people of a simulation: each does what the script says, or what lets the case go on.</summary>
internal sealed class SimulatedPeople(CaseDesk desk, CaseWorkflows workflows)
{
    /// <summary>How long somebody takes over a task.</summary>
    public static readonly TimeSpan Handling = TimeSpan.FromHours(2);

    /// <summary>The task that somebody would do next; null when all are left open.</summary>
    public async Task<HumanTask?> NextAsync(string caseNumber, SimulationScript script, Func<string, string?> activityOf) =>
        (await desk.Tasks.ListAsync(caseNumber)).FirstOrDefault(task => task.IsOpen && script.Peek(activityOf(task.Step), task.Kind.Code) != SimulationScript.Wait);

    /// <summary>Does the task.</summary>
    public async Task DoAsync(HumanTask task, SimulationScript script, string? activityId, CancellationToken cancellation)
    {
        var @case = await desk.Cases.GetAsync(task.CaseNumber);
        var chosen = script.Take(activityId, task.Kind.Code);
        var outcome = task.Kind.Outcomes.FirstOrDefault(each => string.Equals(each, chosen, StringComparison.OrdinalIgnoreCase)) ?? task.Kind.Outcomes[0];
        var item = await desk.ItemAsync(@case);
        var by = new Actor("simulation", $"试运行：{task.Kind.Title}", task.Role, task.Hall, null, task.Authority);
        await desk.Tasks.CompleteAsync(task.Id, outcome, Fill(@case, item), by);
        await workflows.WakeAsync(@case, cancellation);
    }

    /// <summary>The applicant withdraws.</summary>
    /// <returns>False when it is too late.</returns>
    public async Task<bool> WithdrawAsync(string caseNumber, CancellationToken cancellation)
    {
        if ((await desk.Cases.WithdrawAsync(caseNumber, "试运行", SampleCase.Clerk)).IsRefused(out _, out _))
            return false;
        await workflows.WakeAsync(await desk.Cases.GetAsync(caseNumber), cancellation);
        return true;
    }

    /// <summary>All that any task may ask for.</summary>
    private static TaskData Fill(Case @case, ServiceItem item) => new(
        Reason: "试运行", Missing: SampleCase.Missing(item), DocumentNumber: @case.Number, Procedure: "听证", Code: @case.PickupCode, Receiver: @case.Applicant.Name);
}
