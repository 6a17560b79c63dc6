using Elsa.Definitions;
using Elsa.Extensions;
using Elsa.Runtime;
using Elsa.Workflows.Models;
using Elsa.Workflows.Runtime;
using Elsa.Workflows.Runtime.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace TongBan.Elsa.Tests;

/// <summary>A host of the runtime on a database, with a clock that the test moves.</summary>
internal sealed class TestRuntime : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TestRuntime(NpgsqlDataSource source, Action<ElsaRuntimeOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddScoped(_ => source.CreateConnection());
        collection.AddElsaRuntime(configure);
        services?.Invoke(collection);
        _services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));

    public IServiceProvider Services => _services;

    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = _services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    public Task<ImportOutcome> PublishAsync(string json) =>
        InScopeAsync(services => services.GetRequiredService<DefinitionImport>().ImportAsync(json, CancellationToken.None));

    public Task<RunWorkflowInstanceResponse> StartAsync(string definitionId, IDictionary<string, object>? input = null, string? correlationId = null) =>
        InScopeAsync(async services =>
        {
            var client = await services.GetRequiredService<IWorkflowRuntime>().CreateClientAsync();
            return await client.CreateAndRunInstanceAsync(new CreateAndRunWorkflowInstanceRequest
            {
                WorkflowDefinitionHandle = WorkflowDefinitionHandle.ByDefinitionId(definitionId),
                Input = input,
                CorrelationId = correlationId,
                IncludeWorkflowOutput = true,
            });
        });

    public Task EventAsync(string name, object? payload = null, string? instanceId = null, string? correlationId = null) =>
        InScopeAsync(async services =>
        {
            await services.GetRequiredService<IEventPublisher>().PublishAsync(name, correlationId, instanceId, payload: payload);
            return true;
        });

    /// <summary>Moves the clock and fires what has come due, again and again until nothing is.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        Time.Advance(by);
        while (await FireDueAsync() > 0)
        {
        }
    }

    public Task<int> FireDueAsync() => InScopeAsync(async services =>
    {
        var timers = services.GetRequiredService<TimerQueue>();
        var fired = 0;
        foreach (var timer in await timers.FetchDueAsync(Time.GetUtcNow(), 100, CancellationToken.None))
            fired += await timers.FireAsync(timer.Id, CancellationToken.None) ? 1 : 0;
        return fired;
    });

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
