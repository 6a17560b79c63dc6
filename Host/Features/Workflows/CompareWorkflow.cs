using Elsa.Definitions;
using TongBan.Domain;
using TongBan.Domain.Catalogue;
using TongBan.Host.People.Access;
using TongBan.Host.People;
using TongBan.Host.Problems;
using TongBan.Workflows;
using TongBan.Workflows.Comparison;
using VersionOptions = Elsa.Common.Models.VersionOptions;

namespace TongBan.Host.Features.Workflows;

/// <summary>What an item's own workflow does otherwise than its mode's.</summary>
/// <param name="ModeVersion">The mode's version that it is compared with: the published one.</param>
/// <param name="Version">The item's version that is compared: the latest, published or not.</param>
internal sealed record WorkflowDifferences(string DefinitionId, int Version, string ModeDefinitionId, int ModeVersion, IReadOnlyList<Difference> Differences);

/// <summary>Compares an item's own workflow with its mode's.</summary>
internal sealed class CompareWorkflow(CatalogueStore catalogue, DefinitionLibrary library)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/items/{code}/workflow/comparison", async (CompareWorkflow handler, string code, CancellationToken cancellation) =>
            (await handler.HandleAsync(code, cancellation)).Answer(Results.Ok))
            .RequireAuthorization(Policies.For(Act.KeepWorkflows))
            .WithSummary("What an item's own workflow does otherwise than its mode's");

    public async Task<Result<WorkflowDifferences>> HandleAsync(string code, CancellationToken cancellation)
    {
        if (await catalogue.FindAsync(code, cancellation) is not { } item)
            return new NoSuchItem(code);
        var modeId = CaseWorkflows.DefinitionOf(item with { Workflow = null });
        if (await library.FindAsync(modeId, VersionOptions.Published, cancellation) is not { } mode)
            return new WorkflowUnknown(modeId);
        var ownId = CaseWorkflows.DefinitionOf(item);
        if (await library.FindAsync(ownId, item.Workflow is null ? VersionOptions.Published : VersionOptions.Latest, cancellation) is not { } own)
            return new WorkflowUnknown(ownId);
        var differences = own.Id == mode.Id ? [] : WorkflowComparison.Between(await library.CompileAsync(mode, cancellation), await library.CompileAsync(own, cancellation));
        return new WorkflowDifferences(ownId, own.Version, modeId, mode.Version, differences);
    }
}
