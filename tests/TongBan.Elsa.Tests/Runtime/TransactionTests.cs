using Dapper;
using Elsa.Persistence;
using Elsa.Runtime;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Messages;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Runtime;

/// <summary>An activity's own rows and the workflow's state are one transaction.</summary>
public sealed class TransactionTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("create table if not exists ledger (entry text primary key)");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Burst_Commits_WithWhatItsActivitiesWrote()
    {
        await using var runtime = Runtime();
        await runtime.PublishAsync(Flows.Chart("tx-ok", ["w=Test.Enter:kept", "e=event:tx-ok"], ["w>e"]));

        await runtime.StartAsync("tx-ok");

        (await EntriesAsync("kept")).ShouldBe(1);
    }

    [Fact]
    public async Task OutermostTransaction_Fails_TakesStateAndRowsWithIt()
    {
        await using var runtime = Runtime();
        await runtime.PublishAsync(Flows.Chart("tx-undone", ["w=Test.Enter:undone", "e=event:tx-undone"], ["w>e"]));

        await Should.ThrowAsync<InvalidOperationException>(() => runtime.InScopeAsync(services => services.GetRequiredService<DatabaseSession>().InTransactionAsync<bool>(async ct =>
        {
            var client = await services.GetRequiredService<IWorkflowRuntime>().CreateClientAsync(ct);
            await client.CreateAndRunInstanceAsync(new CreateAndRunWorkflowInstanceRequest { WorkflowDefinitionHandle = WorkflowDefinitionHandle.ByDefinitionId("tx-undone") }, ct);
            throw new InvalidOperationException("The request failed after the workflow had run.");
        }, CancellationToken.None)));

        (await EntriesAsync("undone")).ShouldBe(0);
        await using var connection = await database.Source.OpenConnectionAsync();
        (await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.instances where definition_id = 'tx-undone'")).ShouldBe(0);
    }

    [Fact]
    public async Task FailedStatement_InAnActivity_BecomesAnIncidentAndNothingElse()
    {
        await using var runtime = Runtime();
        var options = new System.Text.Json.Nodes.JsonObject { ["incidentStrategyType"] = "ContinueWithIncidentsStrategy" };
        await runtime.PublishAsync(Flows.Chart("tx-poison", ["a=Test.Enter:same", "b=Test.Enter:same", "z"], ["a>b", "b>z"], options));

        var started = await runtime.StartAsync("tx-poison");

        started.SubStatus.ShouldBe(WorkflowSubStatus.Suspended);
        started.Incidents.Single().ActivityId.ShouldBe("b");
        (await EntriesAsync("same")).ShouldBe(1);
    }

    [Fact]
    public async Task Incident_RetriedWhenTheCauseIsGone_GoesOn()
    {
        await using var runtime = Runtime();
        var options = new System.Text.Json.Nodes.JsonObject { ["incidentStrategyType"] = "ContinueWithIncidentsStrategy" };
        await runtime.PublishAsync(Flows.Chart("tx-retry", ["a=Test.Enter:twice", "b=Test.Enter:twice", "z"], ["a>b", "b>z"], options));
        var incident = (await runtime.StartAsync("tx-retry")).Incidents.Single();
        await using var connection = await database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("delete from ledger where entry = 'twice'");
        var instance = await connection.ExecuteScalarAsync<string>("select id from elsa.instances where definition_id = 'tx-retry'");

        (await runtime.InScopeAsync(services => services.GetRequiredService<IncidentRecovery>().RetryAsync(instance!, incident.ActivityInstanceId!, CancellationToken.None))).ShouldBeTrue();
        (await runtime.InScopeAsync(services => services.GetRequiredService<IncidentRecovery>().RetryAsync(instance!, incident.ActivityInstanceId!, CancellationToken.None))).ShouldBeFalse();

        (await connection.ExecuteScalarAsync<string>("select sub_status from elsa.instances where id = @instance", new { instance })).ShouldBe("Finished");
    }

    [Fact]
    public async Task Deadlock_InAnActivity_RunsTheWholeBurstAgain()
    {
        await using var runtime = Runtime();
        await runtime.PublishAsync(Flows.Chart("tx-deadlock", ["a=Test.Enter:once", "b=Test.Collide:", "z"], ["a>b", "b>z"]));

        var started = await runtime.StartAsync("tx-deadlock");

        Collide.Runs.ShouldBe(2);
        started.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
        started.Incidents.ShouldBeEmpty();
        (await EntriesAsync("once")).ShouldBe(1);
    }

    private TestRuntime Runtime() => new(database.Source, elsa => elsa.AddActivity<Enter>().AddActivity<Collide>());

    private async Task<int> EntriesAsync(string entry)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>("select count(*)::int from ledger where entry = @entry", new { entry });
    }

    /// <summary>Writes a row on the burst's connection, as the domain's activities do.</summary>
    [Activity("Test", "Test")]
    public sealed class Enter : CodeActivity
    {
        public Input<string> Value { get; set; } = null!;

        protected override async ValueTask ExecuteAsync(ActivityExecutionContext context) =>
            await context.GetRequiredService<NpgsqlConnection>().ExecuteAsync("insert into ledger (entry) values (@entry)", new { entry = context.Get(Value) });
    }

    /// <summary>Is chosen by PostgreSQL as the victim of a deadlock the first time it runs.</summary>
    [Activity("Test", "Test")]
    public sealed class Collide : CodeActivity
    {
        internal static int Runs { get; private set; }

        protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
        {
            if (++Runs == 1)
                await context.GetRequiredService<NpgsqlConnection>().ExecuteAsync("do $$ begin raise exception using errcode = 'deadlock_detected'; end $$");
        }
    }
}
