using System.Security.Claims;
using Elsa.Definitions;
using Elsa.Persistence;
using Elsa.Runtime;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Host.People.Access;
using TongBan.Host.People;
using TongBan.Host.Problems;
using TongBan.Workflows.Soundness;
using VersionOptions = Elsa.Common.Models.VersionOptions;

namespace TongBan.Host.Features.Workflows;

/// <summary>A running case, and how it would stand or stands in the other version.</summary>
/// <param name="WaitsAt">The steps that it waits in, in both versions.</param>
/// <param name="Problems">Why it stays where it is; empty when it can be moved.</param>
internal sealed record MovedCase(string CaseNumber, string InstanceId, int FromVersion, int ToVersion, IReadOnlyList<string> WaitsAt, IReadOnlyList<string> Problems, bool Moved);

/// <summary>What was or would be moved together.</summary>
/// <param name="Id">To undo it by; null of a dry run.</param>
internal sealed record MovedCases(Guid? Id, string DefinitionId, IReadOnlyList<MovedCase> Cases);

/// <summary>Moves running cases to the published version of their workflow, each in a transaction of its own: first as a dry run, then really, and back.</summary>
internal sealed class MoveCases(DatabaseSession session, DefinitionLibrary library, InstanceMigration migration, WorkflowMoveStore moves, CaseStore cases, TimelineStore timeline)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/workflows/{definitionId}/moves").RequireAuthorization(Policies.For(Act.KeepWorkflows));
        group.MapPost("", async (MoveCases handler, string definitionId, ClaimsPrincipal user, CancellationToken cancellation, bool apply = false) =>
            (await handler.MoveAsync(definitionId, apply, user.ToActor(), cancellation)).Answer(Results.Ok)).WithSummary("Move running cases to the published version; a dry run unless apply=true");
        group.MapDelete("/{id:guid}", async (MoveCases handler, string definitionId, Guid id, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.UndoAsync(definitionId, id, user.ToActor(), cancellation)).Answer(Results.Ok)).WithSummary("Move the cases back to the versions they came from");
    }

    public async Task<Result<MovedCases>> MoveAsync(string definitionId, bool apply, Actor by, CancellationToken cancellation)
    {
        if (await library.FindAsync(definitionId, VersionOptions.Published, cancellation) is not { } target)
            return new WorkflowUnknown(definitionId);
        var id = apply ? Guid.CreateVersion7() : (Guid?)null;
        var moved = new List<MovedCase>();
        foreach (var instance in await migration.FindOthersAsync(definitionId, target.Id, cancellation))
        {
            if (await OneAsync(instance, target.Id, target.Version, apply, "改按新版流程办理", by, (move, number) =>
                    moves.AddAsync(new WorkflowMove(id!.Value, definitionId, instance, number, move.FromVersionId, move.FromVersion, target.Id, target.Version), by), cancellation) is { } one)
                moved.Add(one);
        }

        return new MovedCases(id, definitionId, moved);
    }

    /// <summary>A case that went on meanwhile is moved back when the former version has where it is now.</summary>
    public async Task<Result<MovedCases>> UndoAsync(string definitionId, Guid id, Actor by, CancellationToken cancellation)
    {
        var made = await moves.ListAsync(definitionId, id);
        if (made.Count == 0)
            return new MoveUnknown();
        var moved = new List<MovedCase>();
        foreach (var move in made)
        {
            if (await OneAsync(move.InstanceId, move.FromVersionId, move.FromVersion, apply: true, "恢复按原版流程办理", by, (_, _) => moves.UndoneAsync(move, by), cancellation) is { } one)
                moved.Add(one);
        }

        return new MovedCases(id, definitionId, moved);
    }

    private Task<MovedCase?> OneAsync(string instance, string versionId, int version, bool apply, string what, Actor by, Func<InstanceMove, string, Task> write, CancellationToken cancellation) =>
        session.InTransactionAsync(
            async ct =>
            {
                if (await cases.NumberOfInstanceAsync(instance) is not { } number || await migration.MoveAsync(instance, versionId, apply, ct) is not { } move)
                    return null;
                var moved = apply && move.Obstacles.Count == 0;
                if (moved)
                {
                    await write(move, number);
                    await timeline.AddAsync(number, by, "workflow", what, $"第 {move.FromVersion} 版→第 {version} 版");
                }

                var names = await NamesAsync(move.FromVersionId, ct);
                return new MovedCase(number, instance, move.FromVersion, version, [.. move.WaitsAt.Select(Name)], [.. move.Obstacles.Select(Word)], moved);

                string Name(string activity) => names.GetValueOrDefault(activity, activity);

                string Word((MoveObstacle Obstacle, string ActivityId) obstacle) => obstacle.Obstacle switch
                {
                    MoveObstacle.Missing => $"正在「{Name(obstacle.ActivityId)}」，另一版中没有这个步骤",
                    MoveObstacle.Joining => "有分支已到汇合处，等其余分支到齐后才能移动",
                    _ => $"正在「{Name(obstacle.ActivityId)}」之中，另一版改了它包含的步骤",
                };
            },
            cancellation);

    private async Task<IReadOnlyDictionary<string, string>> NamesAsync(string versionId, CancellationToken cancellation) =>
        await library.FindVersionAsync(versionId, cancellation) is { } version ? Wording.Names(await library.CompileAsync(version, cancellation)) : new Dictionary<string, string>(StringComparer.Ordinal);

    private sealed record MoveUnknown() : Refusal(RefusalKind.NotFound, "move_unknown", "没有这次移动，或已全部撤销");
}
