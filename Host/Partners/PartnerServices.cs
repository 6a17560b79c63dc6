using Elsa.Email;
using Hangfire;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;

namespace TongBan.Host.Partners;

/// <summary>Registers calls to partners and their call-backs.</summary>
internal static class PartnerServices
{
    /// <summary>The key of the clock that partners share: it is never moved.</summary>
    public const string WallClock = "wall";

    public static void AddPartners(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<PartnersOptions>().BindConfiguration("TongBan").ValidateOnStart();
        services.AddSingleton<IValidateOptions<PartnersOptions>, Validation>();
        services.AddKeyedSingleton(WallClock, TimeProvider.System);
        services.AddSingleton<HostAddress>();
        services.AddSingleton<PartnerDirectory>();
        services.AddSingleton<PartnerConnect>();
        services.AddTransient<SigningHandler>();
        services.AddTransient<CourierClient>();
        services.AddTransient<ApprovalClient>();
        var client = services.AddHttpClient<PartnerClient>(http => http.Timeout = Timeout.InfiniteTimeSpan);
        client.ConfigurePrimaryHttpMessageHandler(provider => provider.GetRequiredService<PartnerConnect>().Handler());
        // One pipeline per partner: an authority that is away must not open the circuit of the others.
        client.AddStandardResilienceHandler(Configure).SelectPipelineByAuthority();
        client.AddHttpMessageHandler<SigningHandler>();

        services.AddScoped<SignedRequest>();
        services.AddScoped<PartnerMessageStore>();
        services.AddScoped<Callbacks.Receiver>();
        services.AddScoped<PartnerMessageJob>();
        services.AddScoped<IPartnerMessageApplier, MessageApplier>();
        services.AddScoped<PartnerCalls>();
        services.AddScoped<CasePush>();
        services.AddScoped<MailSender>();
        services.AddScoped<IMailTransport, WorkflowMail>();
        services.AddScoped<SmsSender>();
        services.AddSingleton<MaterialLinks>();
        services.AddOptions<SmtpOptions>().BindConfiguration("TongBan:Smtp").ValidateDataAnnotations().ValidateOnStart();
    }

    /// <summary>Jobs that run by themselves; adding them again changes nothing.</summary>
    public static void SchedulePartnerJobs(this IServiceProvider services) =>
        services.GetRequiredService<IRecurringJobManager>().AddOrUpdate<PartnerMessageJob>("partner-messages", job => job.SweepAsync(), Cron.Minutely());

    /// <summary>Short: the outbox tries again for days.</summary>
    private static void Configure(HttpStandardResilienceOptions options)
    {
        options.Retry.MaxRetryAttempts = 2;
        options.Retry.Delay = TimeSpan.FromMilliseconds(300);
        options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(10);
        options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(25);
        options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(30);
        options.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(10);
    }

    private sealed class Validation : IValidateOptions<PartnersOptions>
    {
        public ValidateOptionsResult Validate(string? name, PartnersOptions options) =>
            options.Problems().ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
