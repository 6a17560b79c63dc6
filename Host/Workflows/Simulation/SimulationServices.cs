using Elsa.Extensions;
using Npgsql;
using TongBan.Activities;
using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.Privacy;
using TongBan.Workflows;

namespace TongBan.Host.Workflows.Simulation;

/// <summary>The runtime and the domain once more, on a clock of their own and without the web, jobs and partners: what a simulation runs on.</summary>
internal static class SimulationServices
{
    public static ServiceProvider Build(VirtualTime time, NpgsqlDataSource source, IContentStore contents, PersonalSeal seal, ILoggerFactory loggers)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton(loggers);
        services.AddLogging();
        services.AddScoped(_ => source.CreateConnection());
        services.AddElsaRuntime(elsa => elsa.AddActivitiesFrom<CaseActivity>());
        services.AddCity();
        services.AddSingleton(contents);
        services.AddCases();
        services.AddSingleton(seal);
        // They go with a commit, and a simulation has none.
        services.AddScoped<ILastWrites, WritesWithCommit>();
        services.AddScoped<CaseWorkflows>();
        services.AddScoped<SampleCase>();
        services.AddScoped<SimulatedPartners>();
        services.AddScoped<SimulatedPeople>();
        services.AddScoped<SimulatedTimers>();
        services.AddScoped<SimulationRun>();
        return services.BuildServiceProvider();
    }
}
