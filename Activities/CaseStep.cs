using Elsa.Workflows;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Domain.Tasks;

namespace TongBan.Activities;

/// <summary>One look of a step at its case: the case as it stands now, and the means to work on it.</summary>
internal sealed class CaseStep
{
    private CaseStep(ActivityExecutionContext context, CaseDesk desk, Case @case) => (Context, Desk, Case) = (context, desk, @case);

    /// <summary>The step's execution in the workflow.</summary>
    public ActivityExecutionContext Context { get; }

    /// <summary>The stores, on the burst's transaction.</summary>
    public CaseDesk Desk { get; }

    /// <summary>The case, as it stood when the step looked.</summary>
    public Case Case { get; }

    /// <summary>The key of everything that this step writes: the id of its execution.</summary>
    public string Id => Context.Id;

    /// <summary>When to look again even if nobody wakes the step.</summary>
    public DateTimeOffset? LookAgainAt { get; private set; }

    /// <summary>Loads the case that the workflow instance handles: its correlation id is the case number.</summary>
    public static async Task<CaseStep> LoadAsync(ActivityExecutionContext context)
    {
        var number = context.WorkflowExecutionContext.CorrelationId
            ?? throw new InvalidOperationException("The workflow instance has no correlation id; a case's workflow is started with the case number as its correlation id.");
        var desk = context.GetRequiredService<CaseDesk>();
        return new CaseStep(context, desk, await desk.Cases.GetAsync(number));
    }

    /// <summary>Another service of the burst's scope.</summary>
    public T Service<T>() where T : notnull => Context.GetRequiredService<T>();

    /// <summary>Asks to look again at this time, or earlier if something earlier was asked for.</summary>
    public void LookAgain(DateTimeOffset at)
    {
        if (LookAgainAt is null || at < LookAgainAt)
            LookAgainAt = at;
    }

    /// <summary>The clerk's task at the receiving hall: the completed one, or null while it is open.</summary>
    public Task<HumanTask?> AtWindowAsync(TaskKind kind, string? hall = null, DateOnly? dueOn = null) =>
        CompletedAsync(kind, kind.Role, hall ?? Case.Hall, null, dueOn);

    /// <summary>The approver's task at the authority that decides: the completed one, or null while it is open.</summary>
    public Task<HumanTask?> AtAuthorityAsync(TaskKind kind, DateOnly? dueOn = null) =>
        CompletedAsync(kind, Role.Approver, null, Case.Authority, dueOn);

    /// <summary>The logistics clerk's task: the completed one, or null while it is open.</summary>
    public Task<HumanTask?> AtLogisticsAsync(TaskKind kind) => CompletedAsync(kind, Role.Logistics, null, null, null);

    private async Task<HumanTask?> CompletedAsync(TaskKind kind, Role role, string? hall, string? authority, DateOnly? dueOn)
    {
        var task = await Desk.Tasks.ExpectAsync(Case.Number, kind, Id, role, hall, authority, dueOn);
        if (task.IsOpen)
            return null;
        await Desk.Tasks.TakeAsync(task.Id);
        return task;
    }
}
