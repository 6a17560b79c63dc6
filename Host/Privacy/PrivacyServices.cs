using Hangfire;
using TongBan.Domain.Audit;
using TongBan.Domain.Privacy;
using TongBan.Host.Features.Privacy;
using TongBan.Host.Start;

namespace TongBan.Host.Privacy;

/// <summary>Registers what keeps personal data to those it is for.</summary>
internal static class PrivacyServices
{
    /// <summary>One in the morning in the city.</summary>
    private const int NightUtc = 17;

    public static void AddPrivacy(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(provider => MasterKeyFile.Read(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<HostSettings>()));
        builder.Services.AddScoped<Resealing>();
        builder.Services.AddScoped<ResealingJob>();
    }

    /// <summary>Tells the audit trail where a request comes from.</summary>
    public static void UseAuditOrigin(this WebApplication app) => app.Use((context, next) =>
    {
        context.RequestServices.GetRequiredService<AuditOrigin>().Address = context.Connection.RemoteIpAddress?.ToString();
        return next(context);
    });

    /// <summary>Opens the ring of keys, before anything reads a case.</summary>
    public static async Task LoadKeysAsync(IServiceProvider services)
    {
        try
        {
            await services.GetRequiredService<KeyRing>().LoadAsync();
        }
        catch (MasterKeyException exception)
        {
            throw new StartFailure(
                $"{exception.Message} Set TongBan__Keys__Master to the key of the host that made it, or put its keys/master.key into TongBan__DataDirectory.", exception);
        }
    }

    /// <summary>Jobs that run by themselves; adding them again changes nothing.</summary>
    public static void SchedulePrivacyJobs(this IServiceProvider services)
    {
        var jobs = services.GetRequiredService<IRecurringJobManager>();
        jobs.AddOrUpdate<ErasePersonal>("personal-data-erasure", erase => erase.RunAsync(CancellationToken.None), Cron.Daily(NightUtc));
        jobs.AddOrUpdate<ResealingJob>("personal-data-seals", job => job.RunAsync(CancellationToken.None), Cron.Hourly());
        // What was stored before there was sealing need not wait for the hour.
        services.GetRequiredService<IBackgroundJobClient>().Enqueue<ResealingJob>(job => job.RunAsync(CancellationToken.None));
    }
}
