using System.ComponentModel;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dapper;
using Elsa.Workflows;
using Elsa.Workflows.IncidentStrategies;
using Elsa.Workflows.Options;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using TongBan.Elsa.Tests.Api;
using Xunit;

namespace TongBan.Elsa.Tests.Runtime;

/// <summary>What an incident does is the application's to say.</summary>
public sealed class IncidentStrategyTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cancel", WorkflowSubStatus.Cancelled)]
    [InlineData("CancelStrategy", WorkflowSubStatus.Cancelled)]
    [InlineData("TongBan.Elsa.Tests.Runtime.CancelStrategy", WorkflowSubStatus.Cancelled)]
    [InlineData("TongBan.Elsa.Tests.Runtime.CancelStrategy, TongBan.Elsa.Tests", WorkflowSubStatus.Cancelled)]
    [InlineData("Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core", WorkflowSubStatus.Suspended)]
    [InlineData("FaultStrategy", WorkflowSubStatus.Faulted)]
    [InlineData("BrokenStrategy", WorkflowSubStatus.Faulted)]
    [InlineData(null, WorkflowSubStatus.Faulted)]
    public async Task Incident_IsDecidedByTheStrategyThatTheDefinitionNames(string? strategy, WorkflowSubStatus expected)
    {
        await using var runtime = new TestRuntime(database.Source, elsa => elsa.AddTypeAlias<CancelStrategy>("cancel"), Register);
        var id = $"incident-{Math.Abs((strategy ?? "").GetHashCode(StringComparison.Ordinal))}";
        await runtime.PublishAsync(Failing(id, strategy));

        var started = await runtime.StartAsync(id);

        started.SubStatus.ShouldBe(expected);
        started.Incidents.Single().ActivityId.ShouldBe("fails");
    }

    [Fact]
    public async Task Incident_OfADefinitionThatNamesNone_IsDecidedByTheOption()
    {
        await using var runtime = new TestRuntime(database.Source, services: services => services.Configure<IncidentOptions>(options => options.DefaultIncidentStrategy = typeof(NotedStrategy)));
        await runtime.PublishAsync(Failing("incident-default", null));
        await runtime.PublishAsync(Failing("incident-own", nameof(FaultStrategy)));

        var started = await runtime.StartAsync("incident-default");

        started.SubStatus.ShouldBe(WorkflowSubStatus.Suspended);
        (await runtime.StartAsync("incident-own")).SubStatus.ShouldBe(WorkflowSubStatus.Faulted);
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        (await connection.ExecuteScalarAsync<string>("select name from elsa.instances where id = @id", new { id = started.WorkflowInstanceId })).ShouldBe("fails: failed");
    }

    [Fact]
    public async Task Resolver_OfTheApplication_ChoosesForAllDefinitions()
    {
        await using var runtime = new TestRuntime(database.Source, services: services => services.AddSingleton<IIncidentStrategyResolver, LenientResolver>());
        await runtime.PublishAsync(Failing("incident-resolved", nameof(FaultStrategy)));

        (await runtime.StartAsync("incident-resolved")).SubStatus.ShouldBe(WorkflowSubStatus.Suspended);
    }

    [Fact]
    public async Task Strategy_ThatRunsSql_RunsItInTheTransactionOfTheBurst()
    {
        await using var runtime = new TestRuntime(database.Source, services: services => services.AddTransient<IIncidentStrategy, SignedStrategy>());
        await runtime.PublishAsync(Failing("incident-signed", nameof(SignedStrategy)));

        var started = await runtime.StartAsync("incident-signed");

        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        (await connection.ExecuteScalarAsync<bool>("select name = xmin::text from elsa.instances where id = @id", new { id = started.WorkflowInstanceId })).ShouldBeTrue();
    }

    [Fact]
    public async Task Strategies_OfTheApplication_AreListedAndKeptAndUnknownOnesRefused()
    {
        await using var host = await ApiHost.StartAsync(database.Source, services: Register);
        using var client = host.CreateClient();

        var list = JsonNode.Parse(await client.GetStringAsync("descriptors/incident-strategies", Cancellation))!;
        using var saved = await SaveAsync(client, "CancelStrategy");
        var again = JsonNode.Parse(await client.GetStringAsync("workflow-definitions/by-definition-id/incident-saved", Cancellation))!;
        using var refused = await SaveAsync(client, "NoSuchStrategy");

        list["items"]!.AsArray().Select(item => (string)item!["displayName"]!).ShouldBe(["Broken", "Continue with incidents", "Fault", "Give up"]);
        list["items"]![3]!.ToJsonString().ShouldBe("""{"displayName":"Give up","description":"Cancels the instance.","typeName":"TongBan.Elsa.Tests.Runtime.CancelStrategy, TongBan.Elsa.Tests"}""");
        saved.StatusCode.ShouldBe(HttpStatusCode.OK);
        again["options"]!["incidentStrategyType"]!.GetValue<string>().ShouldBe("TongBan.Elsa.Tests.Runtime.CancelStrategy, TongBan.Elsa.Tests");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync(Cancellation)).ShouldContain("NoSuchStrategy");
    }

    private static void Register(IServiceCollection services)
    {
        services.AddTransient<IIncidentStrategy, CancelStrategy>();
        services.AddTransient<IIncidentStrategy, BrokenStrategy>();
    }

    private static Task<HttpResponseMessage> SaveAsync(HttpClient client, string strategy) =>
        client.PostAsJsonAsync("workflow-definitions", new { model = JsonNode.Parse(Failing("incident-saved", strategy)), publish = true }, Cancellation);

    private static string Failing(string id, string? strategy) =>
        Flows.Chart(id, ["fork=fork:A,B", "fails=js:throw new Error('no')", "waits=event:never"], ["fork.A>fails", "fork.B>waits"], strategy is null ? null : new JsonObject { ["incidentStrategyType"] = strategy });
}

/// <summary>Needs a service of the burst's scope, as an application's own may.</summary>
[DisplayName("Give up")]
[Description("Cancels the instance.")]
public sealed class CancelStrategy(NpgsqlConnection connection) : IIncidentStrategy
{
    public void HandleIncident(ActivityExecutionContext context)
    {
        connection.ExecuteScalar<int>("select 1").ShouldBe(1);
        context.WorkflowExecutionContext.TransitionTo(WorkflowSubStatus.Cancelled);
    }
}

/// <summary>Names the instance after the transaction it runs in.</summary>
public sealed class SignedStrategy(NpgsqlConnection connection) : IIncidentStrategy
{
    public void HandleIncident(ActivityExecutionContext context) => context.WorkflowExecutionContext.Name = connection.ExecuteScalar<string>("select pg_current_xact_id()::xid::text");
}

/// <summary>Whatever a definition says, the others go on.</summary>
public sealed class LenientResolver : IIncidentStrategyResolver
{
    public ValueTask<IIncidentStrategy> ResolveStrategyAsync(ActivityExecutionContext context, CancellationToken cancellationToken = default) => new(new ContinueWithIncidentsStrategy());
}

/// <summary>Registered nowhere: an option may name a type that is not.</summary>
public sealed class NotedStrategy : IIncidentStrategy
{
    public void HandleIncident(ActivityExecutionContext context) => context.WorkflowExecutionContext.Name = $"{context.Activity.Id}: {(context.Exception is null ? "fine" : "failed")}";
}

public sealed class BrokenStrategy : IIncidentStrategy
{
    public void HandleIncident(ActivityExecutionContext context) => throw new InvalidOperationException("I do not know either.");
}
