using Npgsql;
using TongBan.Domain.Seed;
using TongBan.Host.Audit;
using TongBan.Host.Jobs;
using TongBan.Host.Partners;
using TongBan.Host.People;
using TongBan.Host.Privacy;
using TongBan.Host.Sandbox;

namespace TongBan.Host.Start;

/// <summary>What a new database begins with; planting twice changes nothing.</summary>
internal static class Seed
{
    public static async Task PlantAsync(IServiceProvider services)
    {
        await PrivacyServices.LoadKeysAsync(services);
        await CitySeed.RunAsync(services.GetRequiredService<NpgsqlDataSource>());
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SigningKeys>().LoadAsync();
        await scope.ServiceProvider.GetRequiredService<SandboxSecret>().LoadAsync();
        scope.ServiceProvider.ScheduleJobs();
        scope.ServiceProvider.SchedulePrivacyJobs();
        scope.ServiceProvider.ScheduleAuditJobs();
        scope.ServiceProvider.SchedulePartnerJobs();
        scope.ServiceProvider.ScheduleSandboxJobs();
        await DevelopmentUsers.PlantAsync(scope.ServiceProvider);
    }
}
