using Hangfire;

namespace TongBan.Host.Audit;

/// <summary>Registers the check of the audit trail.</summary>
internal static class AuditServices
{
    /// <summary>Two in the morning in the city.</summary>
    private const int NightUtc = 18;

    public static void AddAudit(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AuditAnchors>();
        builder.Services.AddSingleton<AuditCheckup>();
    }

    /// <summary>Jobs that run by themselves; adding them again changes nothing.</summary>
    public static void ScheduleAuditJobs(this IServiceProvider services) =>
        services.GetRequiredService<IRecurringJobManager>().AddOrUpdate<AuditCheckup>("audit-check", checkup => checkup.CheckAsync(CancellationToken.None), Cron.Daily(NightUtc));
}
