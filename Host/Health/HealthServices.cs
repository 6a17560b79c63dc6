using Dapper;
using Hangfire;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace TongBan.Host.Health;

/// <summary>Registers <c>/healthz/live</c> (the process answers) and <c>/healthz/ready</c> (database, migrations, Hangfire).</summary>
internal static class HealthServices
{
    public static void AddHealth(this WebApplicationBuilder builder) => builder.Services.AddHealthChecks()
        .AddCheck<DatabaseCheck>("database")
        .AddCheck<JobsCheck>("hangfire");

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/healthz/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/healthz/ready", new() { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Description ?? entry.Value.Status.ToString(), StringComparer.Ordinal),
    });

    /// <summary>The database answers and its schema is one that this program made.</summary>
    private sealed class DatabaseCheck(NpgsqlDataSource source) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                var migrations = await connection.ExecuteScalarAsync<int>("select count(*) from tongban.schema_versions");
                return migrations > 0 ? HealthCheckResult.Healthy($"{migrations} migrations") : HealthCheckResult.Unhealthy("no migrations");
            }
            catch (NpgsqlException exception)
            {
                return HealthCheckResult.Unhealthy("the database does not answer", exception);
            }
        }
    }

    /// <summary>At least one Hangfire server reported itself alive.</summary>
    private sealed class JobsCheck(JobStorage storage) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                var servers = storage.GetMonitoringApi().Servers().Count;
                return Task.FromResult(servers > 0 ? HealthCheckResult.Healthy($"{servers} servers") : HealthCheckResult.Unhealthy("no server"));
            }
            catch (NpgsqlException exception)
            {
                return Task.FromResult(HealthCheckResult.Unhealthy("the database does not answer", exception));
            }
        }
    }
}
