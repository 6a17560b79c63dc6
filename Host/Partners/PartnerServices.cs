using Elsa.Email;
using Hangfire;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using TongBan.Host.Mail;
using TongBan.Host.Mail.Bounces;

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
        services.AddSingleton<PartnerConnect>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<PartnersOptions>>().Value.Partners);
        services.AddSingleton<PartnerSlots>();
        services.AddSingleton<AnswerReader>();
        services.AddSingleton<PartnerDirectory>();
        services.AddScoped<PartnerTurns>();
        services.AddTransient<SigningHandler>();
        services.AddTransient<CourierClient>();
        services.AddTransient<ApprovalClient>();
        var client = services.AddHttpClient<PartnerClient>(http => http.Timeout = Timeout.InfiniteTimeSpan);
        client.ConfigurePrimaryHttpMessageHandler(provider => provider.GetRequiredService<PartnerConnect>().Handler());
        client.AddResilienceHandler("partner", Configure).SelectPipelineBy(_ => request => request.Options.TryGetValue(PartnerClient.PartnerKey, out var partner) ? partner : "");
        client.AddHttpMessageHandler<SigningHandler>();

        services.AddScoped<SignedRequest>();
        services.AddScoped<PartnerMessageStore>();
        services.AddScoped<Callbacks.Receiver>();
        services.AddScoped<PartnerMessageJob>();
        services.AddScoped<ParcelPoll>();
        services.AddScoped<ApprovalPoll>();
        services.AddScoped<IPartnerMessageApplier, MessageApplier>();
        services.AddScoped<PartnerCalls>();
        services.AddScoped<CasePush>();
        services.AddScoped<MailComposer>();
        services.AddScoped<MailSender>();
        services.AddScoped<IMailTransport, WorkflowMail>();
        services.AddScoped<SmsSender>();
        services.AddScoped<GivenUpCalls>();
        services.AddScoped<BounceStore>();
        services.AddScoped<NoteBounce>();
        services.AddScoped<BounceJob>();
        services.AddSingleton<MaterialLinks>();
        services.AddOptions<SmtpOptions>().BindConfiguration("TongBan:Smtp").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<BounceOptions>().BindConfiguration("TongBan:Bounces").ValidateDataAnnotations()
            .Validate(bounces => bounces.IsWhole, "TongBan__Bounces__UserName and TongBan__Bounces__Password are missing: the mailbox of TongBan__Bounces__Host is read with them.")
            .ValidateOnStart();
    }

    /// <summary>Jobs that run by themselves; adding them again changes nothing.</summary>
    public static void SchedulePartnerJobs(this IServiceProvider services)
    {
        var jobs = services.GetRequiredService<IRecurringJobManager>();
        jobs.AddOrUpdate<PartnerMessageJob>("partner-messages", job => job.SweepAsync(), Cron.Minutely());
        if (services.GetRequiredService<IOptions<BounceOptions>>().Value.IsOn)
            jobs.AddOrUpdate<BounceJob>(BounceJob.Name, job => job.RunAsync(CancellationToken.None), Cron.Minutely());
        else
            jobs.RemoveIfExists(BounceJob.Name);
    }

    /// <summary>
    /// Short: the outbox tries again for minutes, and it alone knows when a partner asked to be left alone. One pipeline per
    /// partner, outermost first.
    /// </summary>
    private static void Configure(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, ResilienceHandlerContext context)
    {
        var timings = context.ServiceProvider.GetRequiredService<PartnerTimings>();
        pipeline
            .AddTimeout(timings.Whole)
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = 1,
                Delay = TimeSpan.FromMilliseconds(300),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldRetryAfterHeader = false,
                ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is HttpRequestException),
            })
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = timings.BreakAfter,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(10),
            })
            .AddTimeout(timings.Attempt);
    }

    private sealed class Validation : IValidateOptions<PartnersOptions>
    {
        public ValidateOptionsResult Validate(string? name, PartnersOptions options) =>
            options.Problems().ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
