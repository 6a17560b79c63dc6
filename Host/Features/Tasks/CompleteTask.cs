using System.Security.Claims;
using TongBan.Host.Workflows;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.Materials;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.People;
using TongBan.Domain.Tasks;
using TongBan.Host.Features.Cases;
using TongBan.Host.Partners;
using TongBan.Host.People;
using TongBan.Host.Problems;
using TongBan.Workflows;

namespace TongBan.Host.Features.Tasks;

/// <summary>How the person ends the task, and what belongs to it.</summary>
internal sealed record CompleteTaskRequest(string? Outcome, TaskData? Data);

/// <summary>Completes a human task and runs the case's workflow on, in one transaction, so that the answer shows the next state.</summary>
internal sealed class CompleteTask(CaseTransaction transaction, CaseDesk desk, MaterialIntake intake, CaseWorkflows workflows, GetCase view)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/tasks/{id:guid}/complete", async (CompleteTask handler, Guid id, CompleteTaskRequest request, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.HandleAsync(id, request, user.ToActor(), cancellation)).Answer(Results.Ok))
            .WithSummary("Complete a task through one of its outcomes");

    public async Task<Result<CaseView>> HandleAsync(Guid id, CompleteTaskRequest request, Actor by, CancellationToken cancellation)
    {
        if (await desk.Tasks.FindAsync(id) is not { } task || !task.IsFor(by))
            return new TaskNotFound(id);
        if (!task.IsOpen)
            return new TaskClosed(id);

        var (outcome, data) = (request.Outcome ?? "", request.Data ?? TaskData.None);
        var @case = await desk.Cases.GetAsync(task.CaseNumber);
        if (TaskRules.Check(task, outcome, data) is { } broken)
            return broken;
        if (await CheckCaseAsync(task, outcome, data, @case, cancellation) is { } unmet)
            return unmet;

        var completed = await transaction.RunAsync(
            @case,
            async ct =>
            {
                // The row decides between two who complete it at once; the later one changes nothing.
                if (!await desk.Tasks.CompleteAsync(id, outcome, data, by))
                    return false;
                await workflows.WakeAsync(@case, ct);
                return true;
            },
            cancellation);
        return completed ? await view.ShowAsync(task.CaseNumber) : new TaskClosed(id);
    }

    private async Task<Refusal?> CheckCaseAsync(HumanTask task, string outcome, TaskData data, Case @case, CancellationToken cancellation)
    {
        switch (task.Kind.Code, outcome)
        {
            case ("collect-materials" or "supplement", "Complete"):
                var missing = await MissingAsync(task, @case);
                return missing.Count > 0 ? new MaterialsMissing(missing) : null;
            case ("hand-over", "PickedUp"):
                return data.Code?.Trim() == @case.PickupCode ? null : new PickupCodeWrong();
            case ("decide", "Approved"):
                return await desk.Decisions.IsNumberTakenAsync(@case.Authority, data.DocumentNumber!, @case.Number)
                    ? new FieldInvalid("data.documentNumber", "这个批文或证照编号已用于另一办件")
                    : await CheckFilesAsync(data, cancellation);
            case ("decide", "Rejected"):
                return await CheckFilesAsync(data, cancellation);
            default:
                return null;
        }
    }

    private async Task<IReadOnlyList<string>> MissingAsync(HumanTask task, Case @case)
    {
        var item = await desk.ItemAsync(@case);
        var materials = await desk.Materials.ListAsync(@case.Number);
        return task.Kind == TaskKind.CollectMaterials ? Checklist.Missing(item, materials)
            : await desk.Supplements.OpenAsync(@case.Number) is { } request ? Checklist.Missing(item, materials, request)
            : [];
    }

    private async Task<Refusal?> CheckFilesAsync(TaskData data, CancellationToken cancellationToken)
    {
        foreach (var (index, file) in (data.Files ?? []).Index())
        {
            if ((await intake.TakeAsync(file, cancellationToken)).IsRefused(out var refusal, out _))
                return refusal with { Field = $"data.files[{index}]" };
        }

        return null;
    }
}
