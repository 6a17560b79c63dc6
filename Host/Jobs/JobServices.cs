using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using TongBan.Host.People.Access;
using TongBan.Host.People;
using TongBan.Host.Start;
using TongBan.Host.Workflows;
using TongBan.Host.Workflows.Consistency;

namespace TongBan.Host.Jobs;

/// <summary>Registers Hangfire on the one database, and its dashboard for administrators.</summary>
internal static class JobServices
{
    /// <summary>Hangfire's tables.</summary>
    public const string Schema = "hangfire";

    /// <summary>Jobs wait for partners more than they compute; more workers would only cost memory and connections.</summary>
    private const int Workers = 8;

    /// <summary>Three in the morning in the city.</summary>
    private const int NightUtc = 19;

    private const string EveryTenMinutes = "*/10 * * * *";

    private static readonly PostgreSqlStorageOptions Storage = new()
    {
        SchemaName = Schema,
        // The migrations do: the running host may have no right to.
        PrepareSchemaIfNecessary = false,
        // Idle workers wait for PostgreSQL's notification; polling is for those that got lost.
        EnableLongPolling = true,
        QueuePollInterval = TimeSpan.FromSeconds(15),
        // A killed host's jobs are taken over after this; a living worker renews its claim.
        InvisibilityTimeout = TimeSpan.FromSeconds(30),
        UseSlidingInvisibilityTimeout = true,
        // So is its lock on the list of scheduled jobs, which no other host would look at until then.
        DistributedLockTimeout = TimeSpan.FromSeconds(15),
    };

    public static void AddJobs(this WebApplicationBuilder builder, Database database)
    {
        // Hangfire's own defaults are static: hosts that share a process, as in tests, would share the last one's.
        builder.Services.AddSingleton<JobStorage>(_ => new PostgreSqlStorage(new NpgsqlConnectionFactory(database.ForJobs, Storage), Storage));
        builder.Services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        builder.Services.AddHangfire((provider, configuration) => configuration
            .UseLogProvider(new JobLog(provider.GetRequiredService<ILoggerFactory>()))
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseStorage(provider.GetRequiredService<JobStorage>()));
        builder.Services.AddHangfireServer((provider, options) =>
        {
            options.Activator = provider.GetRequiredService<JobActivator>();
            options.WorkerCount = Workers;
            options.SchedulePollingInterval = TimeSpan.FromSeconds(1);
            options.ShutdownTimeout = TimeSpan.FromSeconds(10);
        });
        builder.Services.AddScoped<PartnerCallJob>();
        builder.Services.AddScoped<ConsistencyJob>();
        builder.Services.AddScoped<PollJob>();
        builder.Services.AddScoped<TimerJob>();
        builder.Services.AddScoped<LimitTimerJob>();
        builder.Services.AddScoped<LimitRecountJob>();
        builder.Services.AddScoped<CatalogueJob>();
        builder.Services.AddScoped<WorkflowCallJob>();
        builder.Services.AddHostedService<WorkDispatcher>();
    }

    /// <summary>What is done now and then: looking for what a host left that was killed between two steps, and clearing away.</summary>
    public static void ScheduleJobs(this IServiceProvider services)
    {
        var jobs = services.GetRequiredService<IRecurringJobManager>();
        jobs.AddOrUpdate<TimerJob>("stimuli", job => job.SweepAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<LimitRecountJob>("recounts", job => job.SweepAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<ConsistencyJob>("consistency", job => job.SweepAsync(CancellationToken.None), EveryTenMinutes);
        jobs.AddOrUpdate<PollJob>("polls", job => job.RunAsync(CancellationToken.None), Cron.Minutely());
        jobs.AddOrUpdate<CatalogueJob>("catalogue", job => job.RunAsync(CancellationToken.None), Cron.Hourly());
        jobs.AddOrUpdate<RetentionJob>("retention", job => job.RunAsync(CancellationToken.None), Cron.Daily(NightUtc));
    }

    public static void MapJobs(this WebApplication app) =>
        app.MapHangfireDashboard("/hangfire", new DashboardOptions { Authorization = [], DisplayStorageConnectionString = false, AppPath = "/" })
            .RequireAuthorization(Policies.For(Act.WatchJobs));
}
