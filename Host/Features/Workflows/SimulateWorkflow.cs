using System.Text.Json;
using Elsa.Definitions;
using Elsa.Persistence;
using Elsa.Workflows.Activities;
using Npgsql;
using TongBan.Domain;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Catalogue.Search;
using TongBan.Domain.Cases;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.Privacy;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Features.Cases;
using TongBan.Host.People.Access;
using TongBan.Host.People;
using TongBan.Host.Problems;
using TongBan.Host.Workflows.Simulation;
using TongBan.Workflows.Soundness;
using VersionOptions = Elsa.Common.Models.VersionOptions;

namespace TongBan.Host.Features.Workflows;

/// <summary>What to try a workflow on.</summary>
/// <param name="ItemCode">The item of the sample case; an item's own workflow knows its item.</param>
/// <param name="Script">How people and partners answer, by step or by what is asked; see <see cref="SimulationScript"/>.</param>
/// <param name="Jurisdiction">The division that the applicant chose; the first when none is given.</param>
internal sealed record SimulateWorkflowRequest(string? ItemCode, Dictionary<string, JsonElement>? Script, string? Jurisdiction);

/// <summary>Tries a draft on a sample case in a transaction that is rolled back: the case, its papers and its numbers were never there.</summary>
internal sealed class SimulateWorkflow(CatalogueStore catalogue, CatalogueSearch search, DefinitionLibrary library, NpgsqlDataSource source, IContentStore contents, PersonalSeal seal, ILoggerFactory loggers, TimeProvider time)
{
    /// <summary>A script that loops without waiting is stopped then.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/workflows/{definitionId}/simulate", async (SimulateWorkflow handler, string definitionId, SimulateWorkflowRequest? request, CancellationToken cancellation) =>
            (await handler.HandleAsync(definitionId, request ?? new(null, null, null), cancellation)).Answer(Results.Ok))
            .RequireAuthorization(Policies.For(Act.KeepWorkflows))
            .WithSummary("Try a workflow's latest version on a sample case, leaving nothing behind");

    public async Task<Result<SimulationResult>> HandleAsync(string definitionId, SimulateWorkflowRequest request, CancellationToken cancellation)
    {
        if (await library.FindAsync(definitionId, VersionOptions.Latest, cancellation) is not { } latest)
            return new WorkflowUnknown(definitionId);
        if (await ItemAsync(definitionId, request.ItemCode, cancellation) is not { } item)
            return new ItemUnknown(request.ItemCode ?? "");
        var workflow = await library.CompileAsync(latest, cancellation);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        try
        {
            return await RunAsync(latest, workflow, item, request, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SimulationTooLong();
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return new SimulationBusy();
        }
    }

    private async Task<Result<SimulationResult>> RunAsync(StoredDefinition latest, Workflow workflow, ServiceItem item, SimulateWorkflowRequest request, CancellationToken cancellation)
    {
        await using var services = SimulationServices.Build(new VirtualTime(time.GetUtcNow()), source, contents, seal, loggers);
        await using var scope = services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DatabaseSession>();
        try
        {
            await session.InTransactionAsync(
                async ct =>
                {
                    // A counter that draws a paper's number at this moment goes first.
                    await new NpgsqlCommand("set local lock_timeout = '3s'", session.Connection).ExecuteNonQueryAsync(ct);
                    throw new RolledBack(await TryAsync(scope.ServiceProvider, latest, workflow, item, request, ct));
                },
                cancellation);
        }
        catch (RolledBack over)
        {
            return over.Result;
        }

        throw new InvalidOperationException("A simulation was not rolled back.");
    }

    private static async Task<Result<SimulationResult>> TryAsync(
        IServiceProvider services, StoredDefinition latest, Workflow workflow, ServiceItem item, SimulateWorkflowRequest request, CancellationToken cancellation)
    {
        if ((await services.GetRequiredService<SampleCase>().OpenAsync(item, latest.DefinitionId, request.Jurisdiction, cancellation)).IsRefused(out var refusal, out var opened))
            return refusal;
        var (_, steps, isCut) = await services.GetRequiredService<SimulationRun>().RunAsync(opened, new SimulationScript(request.Script), cancellation);
        var path = SimulationResult.Show(steps, Wording.Names(workflow));
        var waits = SimulationResult.Waits(path);
        var @case = await services.GetRequiredService<CaseStore>().GetAsync(opened.Number);
        var clocks = await services.GetRequiredService<LimitStore>().DueAsync(opened.Number, cancellation);
        return new SimulationResult(
            latest.DefinitionId, latest.Version, item.Code, item.Name, waits.Count == 0 && !isCut, isCut, @case.State, @case.StateName, opened.OpenedAt,
            services.GetRequiredService<TimeProvider>().GetUtcNow(), path, waits, [.. clocks.Select(ClockView.Of)]);
    }

    /// <summary>The item that was asked for, else the one whose workflow it is, else any that the mode handles.</summary>
    private async Task<ServiceItem?> ItemAsync(string definitionId, string? code, CancellationToken cancellation)
    {
        if (code is null && definitionId.StartsWith("item-", StringComparison.Ordinal))
            code = definitionId["item-".Length..];
        if (code is null && definitionId is ['m', 'o', 'd', 'e', '-', var digit] && digit is >= '1' and <= '3')
            code = (await search.FindAsync(new ItemSearch(Mode: (HandlingMode)(digit - '0'), PageSize: 1), cancellation)).Items is [var any, ..] ? any.Code : null;
        return code is null ? null : await catalogue.FindAsync(code, cancellation);
    }

    /// <summary>Carries the result out of the transaction that must not commit.</summary>
    private sealed class RolledBack(Result<SimulationResult> result) : Exception
    {
        public Result<SimulationResult> Result { get; } = result;
    }

    private sealed record SimulationTooLong() : Refusal(RefusalKind.Invalid, "simulation_too_long", "试运行超过 20 秒仍未停下：流程里可能有不经等待的死循环");

    private sealed record SimulationBusy() : Refusal(RefusalKind.Conflict, "simulation_busy", "窗口正在编号，试运行让路了，请再试一次");
}
