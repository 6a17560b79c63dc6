using System.Security.Claims;
using Elsa.Definitions;
using Elsa.Persistence;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Host.People.Access;
using TongBan.Host.People;
using TongBan.Host.Problems;
using TongBan.Host.Workflows;
using TongBan.Workflows.Soundness;
using VersionOptions = Elsa.Common.Models.VersionOptions;

namespace TongBan.Host.Features.Workflows;

/// <summary>Why the draft goes live although the check found something; nothing when it found nothing.</summary>
internal sealed record PublishWorkflowRequest(string? Reason);

/// <summary>The published version.</summary>
/// <param name="Despite">What was found and is answered for.</param>
internal sealed record PublishedWorkflow(string DefinitionId, int Version, IReadOnlyList<Finding> Despite);

/// <summary>What the check says of the latest version.</summary>
internal sealed record WorkflowFindings(string DefinitionId, int Version, bool Published, IReadOnlyList<Finding> Findings);

/// <summary>Checks a draft, and publishes it: freely when it is sound, with a reason that is kept when it is not.</summary>
internal sealed class PublishWorkflow(DatabaseSession session, DefinitionLibrary library, WorkflowActStore acts)
{
    private const int LongestReason = 500;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/workflows/{definitionId}/findings", async (PublishWorkflow handler, string definitionId, CancellationToken cancellation) =>
            (await handler.CheckAsync(definitionId, cancellation)).Answer(Results.Ok))
            .RequireAuthorization(Policies.For(Act.KeepWorkflows))
            .WithSummary("What keeps a workflow's latest version from going live");
        api.MapPost("/workflows/{definitionId}/publish", async (PublishWorkflow handler, string definitionId, PublishWorkflowRequest? request, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.HandleAsync(definitionId, request?.Reason, user.ToActor(), cancellation)).Answer(Results.Ok))
            .RequireAuthorization(Policies.For(Act.KeepWorkflows))
            .WithSummary("Publish a workflow's draft; in spite of findings with a reason, which is kept");
    }

    public async Task<Result<WorkflowFindings>> CheckAsync(string definitionId, CancellationToken cancellation) =>
        await library.FindAsync(definitionId, VersionOptions.Latest, cancellation) is { } latest
            ? new WorkflowFindings(definitionId, latest.Version, latest.IsPublished, WorkflowGate.Check(await library.CompileAsync(latest, cancellation)))
            : new WorkflowUnknown(definitionId);

    public Task<Result<PublishedWorkflow>> HandleAsync(string definitionId, string? reason, Actor by, CancellationToken cancellation) =>
        session.InTransactionAsync(ct => PublishAsync(definitionId, reason?.Trim(), by, ct), cancellation);

    private async Task<Result<PublishedWorkflow>> PublishAsync(string definitionId, string? reason, Actor by, CancellationToken cancellation)
    {
        if (await library.FindAsync(definitionId, VersionOptions.Latest, cancellation) is not { } draft)
            return new WorkflowUnknown(definitionId);
        if (draft.IsPublished)
            return new AlreadyPublished(draft.Version);
        if (reason?.Length > LongestReason)
            return new FieldInvalid("reason", $"理由不超过 {LongestReason} 字");

        var findings = WorkflowGate.Check(await library.CompileAsync(draft, cancellation));
        if (findings.Count > 0 && string.IsNullOrEmpty(reason))
            return new WorkflowUnsound(findings);
        // What the runtime itself cannot run, such as two variables of one name, nobody can answer for.
        if (await library.PublishAsync(draft, despiteValidators: true, cancellation) is { Count: > 0 } errors)
            return new WorkflowUnsound([.. errors.Select(error => new Finding("definition", error))]);
        if (findings.Count > 0)
            await acts.AddAsync(definitionId, draft.Version, WorkflowActKind.PublishedDespite, null, reason, new { findings }, by);
        return new PublishedWorkflow(definitionId, draft.Version, findings);
    }
}

/// <summary>No workflow has this id.</summary>
internal sealed record WorkflowUnknown(string DefinitionId) : Refusal(RefusalKind.NotFound, "workflow_unknown", $"没有编号为“{DefinitionId}”的流程");

/// <summary>The check found something, and nobody said why it should go live all the same.</summary>
internal sealed record WorkflowUnsound(IReadOnlyList<Finding> Findings)
    : Refusal(RefusalKind.Invalid, "workflow_unsound", $"流程有 {Findings.Count} 处问题，未发布；确要发布的，请写明理由：{string.Join("；", Findings.Select(finding => finding.Message))}", "reason");

/// <summary>There is no draft after the published version.</summary>
internal sealed record AlreadyPublished(int Version) : Refusal(RefusalKind.Conflict, "already_published", $"第 {Version} 版已经发布，没有待发布的修改");
