using Hangfire;
using TongBan.Host.Partners;

namespace TongBan.Host.Sandbox;

/// <summary>Registers the partners that answer while none is configured.</summary>
internal static class SandboxServices
{
    public static void AddSandbox(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<SandboxSecret>();
        services.AddScoped<SandboxCallbacks>();
        services.AddScoped<SandboxCourier>();
        services.AddScoped<SandboxMailbox>();
        services.AddScoped<SandboxApproval>();
        services.AddScoped<SandboxCallbackJob>();
        services.AddHttpClient(SandboxCallbackJob.Client).AddHttpMessageHandler<SigningHandler>();
    }

    public static void MapSandbox(this WebApplication app)
    {
        var group = app.MapGroup("/sandbox").AllowAnonymous().ExcludeFromDescription();
        group.MapPost("/courier/orders", (HttpRequest request, SandboxCourier courier) => courier.OrderAsync(request));
        group.MapPost("/courier/orders/{orderNo}/cancel", (HttpRequest request, string orderNo, SandboxCourier courier) => courier.CancelAsync(request, orderNo));
        group.MapGet("/courier/orders/{orderNo}", (HttpRequest request, string orderNo, SandboxCourier courier) => courier.FindAsync(request, orderNo));
        group.MapPost("/approval/{authority}/cases", (HttpRequest request, string authority, SandboxApproval approval) => approval.TakeAsync(request, authority));
        group.MapGet("/approval/{authority}/cases/{caseNumber}", (HttpRequest request, string authority, string caseNumber, SandboxApproval approval) =>
            approval.FindAsync(request, authority, caseNumber));
        SandboxMessages.Map(app);
    }

    /// <summary>Jobs that run by themselves; adding them again changes nothing.</summary>
    public static void ScheduleSandboxJobs(this IServiceProvider services) =>
        services.GetRequiredService<IRecurringJobManager>().AddOrUpdate<SandboxCallbackJob>("sandbox-callbacks", job => job.SweepAsync(), Cron.Minutely());
}
