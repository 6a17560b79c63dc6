using System.ComponentModel.DataAnnotations;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using TongBan.Elsa.Tests.Api;
using Xunit;

namespace TongBan.Elsa.Tests.Runtime;

/// <summary>Variables whose values an application keeps itself, here in a table, written on the burst's connection.</summary>
public sealed class StorageDriverTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>, IAsyncLifetime
{
    private const string Clr = "TongBan.Elsa.Tests.Runtime.DrawerStorageDriver, TongBan.Elsa.Tests";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        await connection.ExecuteAsync("create table if not exists drawer (instance_id text, execution_id text, id text, value json not null, primary key (execution_id, id))");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("drawer")]
    [InlineData("DrawerStorageDriver")]
    [InlineData(Clr)]
    public async Task Variable_IsKeptByTheDriverThatTheDefinitionNames(string driver)
    {
        await using var runtime = Runtime();
        var id = "driven-" + Math.Abs(driver.GetHashCode(StringComparison.Ordinal));
        await runtime.PublishAsync(Counting(id, driver));
        var instance = (await runtime.StartAsync(id)).WorkflowInstanceId;

        (await DrawerAsync(instance)).ShouldBe([("v_N", "1")]);
        (await StateAsync(instance)).ShouldNotContain("v_N");
        await ChangeAsync("update drawer set value = '41' where instance_id = @instance", instance);
        await runtime.EventAsync(id, instanceId: instance);

        (await DrawerAsync(instance)).ShouldBe([("v_N", "42")], "It was read as what was in the drawer, converted to a number, counted and written again.");
    }

    [Fact]
    public async Task Variable_OfAnUnknownDriver_LastsOneBurst()
    {
        await using var runtime = Runtime();
        await runtime.PublishAsync(Counting("driven-unknown", "NoSuchStorageDriver"));
        var instance = (await runtime.StartAsync("driven-unknown")).WorkflowInstanceId;
        await runtime.EventAsync("driven-unknown", instanceId: instance);

        (await DrawerAsync(instance)).ShouldBeEmpty();
        (await ResultAsync(instance)).ShouldBe("1", "As in the original the initial value is back after a wait.");
    }

    [Fact]
    public async Task Driver_InABurstThatIsUndone_HasKeptNothing()
    {
        await using var runtime = Runtime();
        await runtime.PublishAsync(Counting("driven-undone", "drawer"));
        var instance = (await runtime.StartAsync("driven-undone")).WorkflowInstanceId;

        await Should.ThrowAsync<InvalidOperationException>(() => runtime.InScopeAsync(services => services.GetRequiredService<global::Elsa.Persistence.DatabaseSession>().InTransactionAsync<bool>(async ct =>
        {
            await services.GetRequiredService<IEventPublisher>().PublishAsync("driven-undone", workflowInstanceId: instance, cancellationToken: ct);
            throw new InvalidOperationException("The request failed after the workflow had run.");
        }, Cancellation)));

        (await DrawerAsync(instance)).ShouldBe([("v_N", "1")]);
    }

    [Fact]
    public async Task Driver_ThatFails_UndoesTheBurst()
    {
        await using var runtime = Runtime();
        await runtime.PublishAsync(Counting("driven-broken", "drawer"));
        var instance = (await runtime.StartAsync("driven-broken")).WorkflowInstanceId;
        await ChangeAsync("update drawer set value = '\"stuck\"' where instance_id = @instance", instance);

        await Should.ThrowAsync<InvalidOperationException>(() => runtime.EventAsync("driven-broken", instanceId: instance));
        (await CountAsync("select count(*)::int from elsa.bookmarks where instance_id = @instance", instance)).ShouldBe(1);
        await ChangeAsync("update drawer set value = '5' where instance_id = @instance", instance);
        await runtime.EventAsync("driven-broken", instanceId: instance);

        (await DrawerAsync(instance)).ShouldBe([("v_N", "6")]);
    }

    [Fact]
    public async Task Variable_MadeWhileRunning_IsKeptAndForgottenWhenSetToNull()
    {
        await using var runtime = Runtime();
        await runtime.PublishAsync(Flows.Chart("driven-own", ["m=Test.MakeVariable:first", "e=event:driven-own", "c=js:setVariable('Made', getVariable('Made') + '!')", "f=event:driven-own-2", "d=js:setVariable('Made', null)", "g=event:never"], ["m>e", "e>c", "c>f", "f>d", "d>g"]));
        var instance = (await runtime.StartAsync("driven-own")).WorkflowInstanceId;
        (await DrawerAsync(instance)).ShouldBe([("madeVariable", "\"first\"")]);

        await runtime.EventAsync("driven-own", instanceId: instance);
        (await DrawerAsync(instance)).ShouldBe([("madeVariable", "\"first!\"")]);
        await runtime.EventAsync("driven-own-2", instanceId: instance);

        (await DrawerAsync(instance)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Variable_OfAContainer_IsForgottenWithItsContainer()
    {
        await using var runtime = Runtime();
        var model = JsonNode.Parse(Flows.Chart("driven-inner", ["s=Elsa.Sequence:x", "g=event:never"], ["s>g"]))!;
        var sequence = model["root"]!["activities"]![0]!;
        sequence["variables"] = new JsonArray(Variable("inner", "drawer", "\"kept\""));
        sequence["activities"] = new JsonArray(Json.Activity("w", "Elsa.Event", ("eventName", Json.Literal("driven-inner"))));
        await runtime.PublishAsync(model.ToJsonString());
        var instance = (await runtime.StartAsync("driven-inner")).WorkflowInstanceId;
        (await DrawerAsync(instance)).Single().Id.ShouldBe("inner");

        await runtime.EventAsync("driven-inner", instanceId: instance);

        (await DrawerAsync(instance)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Variable_SetByAPerson_GoesToTheDriver()
    {
        await using var host = await ApiHost.StartAsync(database.Source, services: services => services.AddStorageDriver<DrawerStorageDriver>());
        using var client = host.CreateClient();
        using var saved = await client.PostAsJsonAsync("workflow-definitions", new { model = JsonNode.Parse(Counting("driven-set", Clr)), publish = true }, Cancellation);
        using var run = await client.PostAsJsonAsync("workflow-definitions/driven-set/execute", new { }, Cancellation);
        var instance = (string)JsonNode.Parse(await run.Content.ReadAsStringAsync(Cancellation))!["workflowState"]!["id"]!;

        using var set = await client.PostAsJsonAsync($"workflow-instances/{instance}/variables", new { variables = new[] { new { id = "v_N", value = "70" } } }, Cancellation);
        var shown = JsonNode.Parse(await client.GetStringAsync($"workflow-instances/{instance}/variables", Cancellation))!;

        set.IsSuccessStatusCode.ShouldBeTrue(await set.Content.ReadAsStringAsync(Cancellation));
        (await DrawerAsync(instance)).ShouldBe([("v_N", "70")]);
        shown["items"]![0]!["value"]!.ToString().ShouldBe("70");
    }

    [Fact]
    public async Task Instance_WhoseDriverIsGone_CanStillBeCancelled()
    {
        await using var runtime = Runtime();
        await runtime.PublishAsync(Counting("driven-gone", "drawer"));
        await runtime.PublishAsync(Flows.Chart("driven-gone-own", ["m=Test.MakeVariable:first", "e=event:driven-gone"], ["m>e"]));
        var instances = new[] { (await runtime.StartAsync("driven-gone")).WorkflowInstanceId, (await runtime.StartAsync("driven-gone-own")).WorkflowInstanceId };
        await using var later = new TestRuntime(database.Source, elsa => elsa.AddActivity<MakeVariable>());

        foreach (var instance in instances)
        {
            await later.InScopeAsync(async services =>
            {
                await (await services.GetRequiredService<IWorkflowRuntime>().CreateClientAsync(instance, Cancellation)).CancelAsync(Cancellation);
                return true;
            });
        }

        (await CountAsync("select count(*)::int from elsa.instances where definition_id like 'driven-gone%' and sub_status = 'Cancelled' and id <> @instance", "")).ShouldBe(2);
        (await DrawerAsync(instances[0])).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Drivers_OfTheApplication_AreListedAndKeptInDefinitions()
    {
        await using var host = await ApiHost.StartAsync(database.Source, services: services => services.AddStorageDriver<DrawerStorageDriver>());
        using var client = host.CreateClient();
        using var saved = await client.PostAsJsonAsync("workflow-definitions", new { model = JsonNode.Parse(Counting("driven-saved", Clr)), publish = true }, Cancellation);

        var list = JsonNode.Parse(await client.GetStringAsync("descriptors/storage-drivers", Cancellation))!["items"]!.AsArray();
        var again = JsonNode.Parse(await client.GetStringAsync("workflow-definitions/by-definition-id/driven-saved", Cancellation))!;

        saved.IsSuccessStatusCode.ShouldBeTrue();
        list.Select(item => (string)item!["displayName"]!).ShouldBe(["Drawer", "Workflow Instance", "Memory"]);
        list[0]!.ToJsonString().ShouldBe($$"""{"typeName":"{{Clr}}","displayName":"Drawer","priority":7.5,"deprecated":false}""");
        ((string)again["variables"]![0]!["storageDriverTypeName"]!).ShouldBe(Clr);
    }

    [Fact]
    public async Task Manager_KnowsTheDriversThatAreRegistered()
    {
        await using var runtime = Runtime();

        var (drawer, missing, all) = await runtime.InScopeAsync(services =>
        {
            var drivers = services.GetRequiredService<IStorageDriverManager>();
            return Task.FromResult((drivers.Get(typeof(DrawerStorageDriver)), drivers.Get(typeof(string)), drivers.List().Select(driver => driver.GetType()).ToList()));
        });

        drawer.ShouldBeOfType<DrawerStorageDriver>();
        missing.ShouldBeNull();
        all.ShouldBe([typeof(WorkflowInstanceStorageDriver), typeof(MemoryStorageDriver), typeof(DrawerStorageDriver)]);
    }

    private TestRuntime Runtime() => new(database.Source, elsa => elsa.AddActivity<MakeVariable>().AddTypeAlias<DrawerStorageDriver>("drawer"), services => services.AddStorageDriver<DrawerStorageDriver>());

    /// <summary>Counts N once at the start and once at the event of the definition's name.</summary>
    private static string Counting(string id, string driver)
    {
        var model = JsonNode.Parse(Flows.Chart(id, ["a=js:setN(getN() + 1); return getN()", $"e=event:{id}", "b=js:setN(getN() + 1); return getN()", "z=event:never"], ["a>e", "e>b", "b>z"]))!;
        model["variables"]![0]!["storageDriverTypeName"] = driver;
        return model.ToJsonString();
    }

    private static JsonObject Variable(string name, string driver, string value) => new() { ["id"] = name, ["name"] = name, ["typeName"] = "String", ["value"] = value, ["storageDriverTypeName"] = driver };

    private async Task<List<(string Id, string Value)>> DrawerAsync(string instance)
    {
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        return (await connection.QueryAsync<(string, string)>("select id, value::text from drawer where instance_id = @instance order by id", new { instance })).AsList();
    }

    private async Task<string?> ResultAsync(string instance)
    {
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        return await connection.ExecuteScalarAsync<string?>("select outputs ->> 'Result' from elsa.executions where instance_id = @instance and activity_id = 'b'", new { instance });
    }

    private async Task<string> StateAsync(string instance)
    {
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        return (await connection.ExecuteScalarAsync<string>("select state from elsa.instances where id = @instance", new { instance }))!;
    }

    private async Task<int> CountAsync(string sql, string instance)
    {
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        return await connection.ExecuteScalarAsync<int>(sql, new { instance });
    }

    private async Task ChangeAsync(string sql, string instance)
    {
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        (await connection.ExecuteAsync(sql, new { instance })).ShouldBe(1);
    }

    /// <summary>Makes a variable that the drawer keeps.</summary>
    [Activity("Test", "Test")]
    public sealed class MakeVariable : CodeActivity
    {
        public Input<string> Value { get; set; } = null!;

        protected override void Execute(ActivityExecutionContext context) => context.CreateVariable("Made", context.Get(Value), typeof(DrawerStorageDriver));
    }
}

/// <summary>Keeps values in a table. The text "stuck" cannot be read.</summary>
[Display(Name = "Drawer")]
public sealed class DrawerStorageDriver(NpgsqlConnection connection) : IStorageDriver
{
    public double Priority => 7.5;

    public IEnumerable<string> Tags => ["Test"];

    public async ValueTask WriteAsync(string id, object value, StorageDriverContext context) => await connection.ExecuteAsync(
        """
        insert into drawer (instance_id, execution_id, id, value) values (@Instance, @Execution, @id, @value::json)
        on conflict (execution_id, id) do update set value = excluded.value
        """, new { Instance = InstanceOf(context), Execution = context.ExecutionContext.Id, id, value = JsonSerializer.Serialize(value) });

    public async ValueTask<object?> ReadAsync(string id, StorageDriverContext context)
    {
        var text = await connection.ExecuteScalarAsync<string?>("select value::text from drawer where execution_id = @Execution and id = @id", new { Execution = context.ExecutionContext.Id, id });
        return text == "\"stuck\"" ? throw new InvalidOperationException("The drawer is stuck.") : text is null ? null : JsonSerializer.Deserialize<JsonElement>(text);
    }

    public async ValueTask DeleteAsync(string id, StorageDriverContext context) =>
        await connection.ExecuteAsync("delete from drawer where execution_id = @Execution and id = @id", new { Execution = context.ExecutionContext.Id, id });

    private static string InstanceOf(StorageDriverContext context) => ((ActivityExecutionContext)context.ExecutionContext).WorkflowExecutionContext.Id;
}
