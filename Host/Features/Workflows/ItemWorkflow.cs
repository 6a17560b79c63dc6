using System.Security.Claims;
using System.Text.Json.Nodes;
using Elsa.Definitions;
using Elsa.Persistence;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.Catalogue;
using TongBan.Domain.People;
using TongBan.Host.People.Access;
using TongBan.Host.People;
using TongBan.Host.Problems;
using TongBan.Workflows;
using VersionOptions = Elsa.Common.Models.VersionOptions;

namespace TongBan.Host.Features.Workflows;

/// <summary>The workflow that handles an item's new cases.</summary>
/// <param name="Inherited">Whether it is the mode's.</param>
/// <param name="PublishedVersion">The version that new cases run; null when none is published.</param>
internal sealed record ItemWorkflowView(string DefinitionId, bool Inherited, int? PublishedVersion);

/// <summary>Gives an item a workflow of its own, a clone of its mode's, or takes it back. Running cases keep the version they began with.</summary>
internal sealed class ItemWorkflow(DatabaseSession session, CatalogueStore catalogue, DefinitionLibrary library, WorkflowActStore acts)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/items/{code}/workflow").RequireAuthorization(Policies.For(Act.KeepWorkflows));
        group.MapGet("", async (ItemWorkflow handler, string code, CancellationToken cancellation) =>
            (await handler.ShowAsync(code, cancellation)).Answer(Results.Ok)).WithSummary("The workflow that handles an item: its own or its mode's");
        group.MapPost("/customize", async (ItemWorkflow handler, string code, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.CustomizeAsync(code, user.ToActor(), cancellation)).Answer(made => Results.Created($"/api/items/{code}/workflow", made))).WithSummary("Clone the mode's published workflow for the item");
        group.MapDelete("", async (ItemWorkflow handler, string code, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await handler.RestoreAsync(code, user.ToActor(), cancellation)).Answer(_ => Results.NoContent())).WithSummary("Back to the mode's workflow; running cases keep theirs");
    }

    /// <summary>The id of an item's own workflow.</summary>
    public static string OwnId(string code) => "item-" + code;

    public async Task<Result<ItemWorkflowView>> ShowAsync(string code, CancellationToken cancellation) =>
        await catalogue.FindAsync(code, cancellation) is { } item ? await ViewAsync(item, cancellation) : new NoSuchItem(code);

    public Task<Result<ItemWorkflowView>> CustomizeAsync(string code, Actor by, CancellationToken cancellation) => session.InTransactionAsync<Result<ItemWorkflowView>>(
        async ct =>
        {
            if (await catalogue.FindAsync(code, ct) is not { } item)
                return new NoSuchItem(code);
            var modeId = CaseWorkflows.DefinitionOf(item with { Workflow = null });
            if (await library.FindAsync(modeId, VersionOptions.Published, ct) is not { } mode)
                return new ModeUnpublished(modeId);
            if (item.Workflow is not null || !await catalogue.BindWorkflowAsync(code, null, OwnId(code), ct))
                return new AlreadyCustomised(item.Name);

            var model = JsonNode.Parse(mode.Model)!.AsObject();
            model["definitionId"] = OwnId(code);
            model["name"] = $"{item.Name}（{mode.Name}）";
            // What is live for the mode may be live for the item: only changes are checked.
            var own = await library.SaveDraftAsync(model.ToJsonString(), ct);
            await library.PublishAsync(own, despiteValidators: true, ct);
            await acts.AddAsync(own.DefinitionId, own.Version, WorkflowActKind.Customised, code, null, new { from = modeId, mode.Version }, by);
            return new ItemWorkflowView(own.DefinitionId, Inherited: false, own.Version);
        },
        cancellation);

    /// <summary>The item's own workflow stays where it is for the cases that it handles; customising again makes a further version of it.</summary>
    public Task<Result<ItemWorkflowView>> RestoreAsync(string code, Actor by, CancellationToken cancellation) => session.InTransactionAsync<Result<ItemWorkflowView>>(
        async ct =>
        {
            if (await catalogue.FindAsync(code, ct) is not { } item)
                return new NoSuchItem(code);
            if (item.Workflow is { } own && await catalogue.BindWorkflowAsync(code, own, null, ct))
                await acts.AddAsync(own, null, WorkflowActKind.Restored, code, null, new { }, by);
            return await ViewAsync(item with { Workflow = null }, ct);
        },
        cancellation);

    private async Task<ItemWorkflowView> ViewAsync(ServiceItem item, CancellationToken cancellation)
    {
        var id = CaseWorkflows.DefinitionOf(item);
        return new(id, item.Workflow is null, (await library.FindAsync(id, VersionOptions.Published, cancellation))?.Version);
    }

    private sealed record AlreadyCustomised(string Name) : Refusal(RefusalKind.Conflict, "already_customised", $"“{Name}”已有自己的流程");

    private sealed record ModeUnpublished(string DefinitionId) : Refusal(RefusalKind.Conflict, "mode_unpublished", $"通用流程“{DefinitionId}”没有已发布的版本");
}

/// <summary>No item at this address.</summary>
internal sealed record NoSuchItem(string Code) : Refusal(RefusalKind.NotFound, "item_unknown", $"没有编码为“{Code}”的事项", "code");
