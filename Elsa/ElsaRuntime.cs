using Elsa.Api;
using Elsa.Calls;
using Elsa.Definitions;
using Elsa.Email;
using Elsa.Execution;
using Elsa.Expressions;
using Elsa.Expressions.Contracts;
using Elsa.Expressions.Liquid;
using Elsa.Http;
using Elsa.Http.Options;
using Elsa.Persistence;
using Elsa.Runtime;
using Elsa.Workflows;
using Elsa.Workflows.IncidentStrategies;
using Elsa.Workflows.Options;
using Elsa.Workflows.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Elsa.Extensions;

/// <summary>What a host adds to the runtime.</summary>
public sealed class ElsaRuntimeOptions
{
    internal HashSet<Type> ActivityTypes { get; } = [.. BuiltInActivities.Types];

    internal List<(Type Type, string Alias)> TypeAliases { get; } = [];

    /// <summary>Makes an activity type known to definitions and to the designer.</summary>
    public ElsaRuntimeOptions AddActivity<T>() where T : IActivity
    {
        ActivityTypes.Add(typeof(T));
        return this;
    }

    /// <summary>Makes all activity types of an assembly known.</summary>
    /// <typeparam name="TMarker">A type of the assembly.</typeparam>
    public ElsaRuntimeOptions AddActivitiesFrom<TMarker>()
    {
        foreach (var type in typeof(TMarker).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false, IsPublic: true } && typeof(IActivity).IsAssignableFrom(type)))
            ActivityTypes.Add(type);
        return this;
    }

    /// <summary>Gives a type the name by which definitions know it.</summary>
    public ElsaRuntimeOptions AddTypeAlias<T>(string alias)
    {
        TypeAliases.Add((typeof(T), alias));
        return this;
    }
}

/// <summary>Registers the runtime.</summary>
public static class ElsaRuntimeServices
{
    /// <summary>
    /// Adds the workflow runtime. The host registers a scoped <see cref="NpgsqlConnection"/> for it to share with the domain, and
    /// runs <see cref="ElsaMigrations"/> first.
    /// </summary>
    public static IServiceCollection AddElsaRuntime(this IServiceCollection services, Action<ElsaRuntimeOptions>? configure = null)
    {
        var options = new ElsaRuntimeOptions();
        configure?.Invoke(options);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);

        services.AddSingleton(_ => CreateTypes(options));
        services.AddSingleton<IWellKnownTypeRegistry>(provider => provider.GetRequiredService<WellKnownTypeRegistry>());
        services.AddSingleton(_ => new ActivityRegistry(options.ActivityTypes));
        services.AddSingleton<RegisteredTypes>();
        services.AddTransient<IIncidentStrategy, FaultStrategy>();
        services.AddTransient<IIncidentStrategy, ContinueWithIncidentsStrategy>();
        services.AddStorageDriver<WorkflowInstanceStorageDriver>();
        services.AddStorageDriver<MemoryStorageDriver>();
        services.AddOptions<IncidentOptions>();
        services.TryAddTransient<IIncidentStrategyResolver, DefaultIncidentStrategyResolver>();
        services.TryAddScoped<IStorageDriverManager, StorageDriverManager>();
        services.AddSingleton<DefinitionJson>();
        services.AddSingleton<DefinitionCheck>();
        services.AddSingleton<DefinitionActivities>();
        services.AddSingleton(provider => new WorkflowReader(provider.GetRequiredService<DefinitionJson>(), provider.GetRequiredService<ActivityRegistry>()));
        services.AddSingleton<GraphCache>();
        services.AddSingleton<IExpressionEvaluator, ExpressionEvaluator>();
        services.AddKeyedSingleton<IExpressionHandler, LiquidHandler>("Liquid");
        services.AddSingleton<IIdentityGenerator, Identity>();
        services.TryAddSingleton<Common.ISystemClock, SystemClock>();
        services.AddSingleton<IStimulusHasher, StimulusHash>();
        services.AddSingleton<InstanceChanges>();

        services.AddSingleton<IWorkflowBuilderFactory, WorkflowBuilderFactory>();
        services.AddSingleton<IWorkflowGraphBuilder, WorkflowGraphBuilder>();
        services.AddScoped<IWorkflowRunner, WorkflowRunner>();
        services.AddSingleton<GroupCommit>();
        services.AddSingleton<InstanceReads>();
        services.AddScoped(provider => new DatabaseSession(provider.GetRequiredService<NpgsqlConnection>(), provider.GetRequiredService<GroupCommit>(), provider.GetRequiredService<ILogger<DatabaseSession>>()));
        services.AddScoped<SavepointGuard>();
        services.AddScoped<IForeignGuard>(provider => provider.GetRequiredService<SavepointGuard>());
        services.AddScoped<TriggerIndex>();
        services.AddScoped<DefinitionReferences>();
        services.AddScoped<InstanceFiles>();
        services.AddScoped<DefinitionPublisher>();
        services.AddScoped<DefinitionDeletion>();
        services.AddScoped<DefinitionStore>();
        services.AddScoped<InstanceStore>();
        services.AddScoped<StimulusStore>();
        services.AddScoped<PublicationStore>();
        services.AddScoped<InstanceRunner>();
        services.AddScoped<InstanceStarter>();
        services.AddScoped<ChildStarter>();
        services.AddScoped<StimulusSender>();
        services.AddScoped<IStimulusSender>(provider => provider.GetRequiredService<StimulusSender>());
        services.AddScoped<IEventPublisher>(provider => provider.GetRequiredService<StimulusSender>());
        services.AddScoped<ITaskReporter>(provider => provider.GetRequiredService<StimulusSender>());
        services.AddScoped<IWorkflowRuntime, WorkflowRuntime>();
        services.AddScoped<InstanceCancellation>();
        services.AddScoped<DrivenVariables>();
        services.AddScoped<IBurstParticipant>(provider => provider.GetRequiredService<DrivenVariables>());
        services.AddScoped(provider => new DefinitionImport(provider.GetRequiredService<DatabaseSession>(), provider.GetRequiredService<DefinitionStore>()));
        services.AddScoped(provider => new DefinitionLibrary(provider.GetRequiredService<DefinitionStore>(), provider.GetRequiredService<DefinitionPublisher>(), provider.GetRequiredService<GraphCache>()));
        services.AddScoped(provider => new InstanceTrail(provider.GetRequiredService<DatabaseSession>()));
        services.AddScoped(provider => new InstanceMigration(provider.GetRequiredService<DatabaseSession>(), provider.GetRequiredService<InstanceStore>(), provider.GetRequiredService<DefinitionStore>()));
        services.AddScoped(provider => new TimerQueue(provider.GetRequiredService<DatabaseSession>(), provider.GetRequiredService<InstanceRunner>(), provider.GetRequiredService<InstanceStarter>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => new InstanceRetention(provider.GetRequiredService<DatabaseSession>()));
        services.AddScoped(provider => new IncidentRecovery(provider.GetRequiredService<InstanceRunner>()));
        services.AddScoped(provider => new StimulusSweep(
            provider.GetRequiredService<DatabaseSession>(),
            provider.GetRequiredService<StimulusStore>(),
            provider.GetRequiredService<PublicationStore>(),
            provider.GetRequiredService<StimulusSender>(),
            provider.GetRequiredService<InstanceRunner>(),
            provider.GetRequiredService<ILogger<StimulusSweep>>()));
        AddHttp(services);
        return services;
    }

    /// <summary>Adds what the REST API and the designer's live view need. The host registers an <see cref="NpgsqlDataSource"/>.</summary>
    public static IServiceCollection AddElsaApi(this IServiceCollection services)
    {
        services.AddSignalR();
        services.AddSingleton<IInstanceObserver, HubObserver>();
        return services;
    }

    /// <summary>Requests that come in, and calls that go out.</summary>
    private static void AddHttp(IServiceCollection services)
    {
        services.AddOptions<HttpActivityOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<OutboundOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<IOutboundPolicy, PublicAddresses>();
        services.AddSingleton<HttpCaller>();
        services.AddScoped<MailCaller>();
        services.AddDataProtection();
        services.AddSingleton<ResumeLinks>();
        services.AddScoped<HttpExchange>();
        services.AddScoped<HttpRoutes>();
        services.AddScoped<HttpWorkflows>();
        services.AddScoped(provider => new CallQueue(
            provider.GetRequiredService<DatabaseSession>(),
            provider.GetRequiredService<InstanceRunner>(),
            provider.GetRequiredService<HttpCaller>(),
            provider.GetRequiredService<MailCaller>(),
            provider.GetRequiredService<IOptions<OutboundOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
    }

    private static WellKnownTypeRegistry CreateTypes(ElsaRuntimeOptions options)
    {
        var types = new WellKnownTypeRegistry();
        foreach (var (type, alias) in options.TypeAliases)
            types.RegisterType(type, alias);
        return types;
    }
}
