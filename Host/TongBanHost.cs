using Elsa.Api;
using Elsa.Http;
using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Host.Audit;
using TongBan.Host.Features;
using TongBan.Host.Health;
using TongBan.Host.Jobs;
using TongBan.Host.Pages;
using TongBan.Host.Partners;
using TongBan.Host.People;
using TongBan.Host.Privacy;
using TongBan.Host.Problems;
using TongBan.Host.Sandbox;
using TongBan.Host.Start;
using TongBan.Host.Web;
using TongBan.Host.Workflows;

namespace TongBan.Host;

/// <summary>The host's table of contents: what it is made of, what a request passes, what it answers.</summary>
internal static class TongBanHost
{
    /// <summary>Puts everything that runs into the container.</summary>
    public static void AddTongBan(this WebApplicationBuilder builder, Database database)
    {
        builder.AddLogging();
        builder.AddClock();
        builder.AddDatabase(database);
        builder.AddPrivacy();
        builder.AddAudit();
        builder.AddProblems();
        builder.AddSecurityHeaders();
        builder.AddPeople();
        builder.AddJobs(database);
        builder.AddPartners();
        builder.AddSandbox();
        builder.AddPages();
        builder.AddApiDescription();
        builder.AddHealth();
        builder.AddTelemetry();
        builder.Services.AddCity();
        builder.Services.AddCases();
        builder.Services.AddWorkflows();
        builder.Services.AddFeatures();
    }

    /// <summary>The order in which a request passes; the endpoints last.</summary>
    public static void UseTongBan(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseNotFoundPage();
        app.UseRouting();
        app.UseAuthentication();
        app.UseSameOrigin();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAuditOrigin();
        app.UsePages();

        app.MapHealth();
        app.MapApiDescription();
        app.MapSignIn();
        app.MapElsaApi();
        app.MapElsaHttp();
        app.MapJobs();
        app.MapCallbacks();
        app.MapSandbox();
        MaterialLinks.Map(app);
        app.MapFeatures();
        app.MapPages();
    }
}
