using TongBan.Host.Workflows;

namespace TongBan.Host.Start;

/// <summary>A host that answers requests, with the database that it started or was given.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly Database _database;
    private readonly WebApplication _app;

    private RunningHost(Database database, WebApplication app) => (_database, _app) = (database, app);

    /// <summary>The first address that it listens on.</summary>
    public string Address => Addresses.First();

    /// <summary>All addresses that it listens on.</summary>
    public ICollection<string> Addresses => _app.Urls;

    /// <summary>What the host is made of.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>The environment's name and folders.</summary>
    public IHostEnvironment Environment => _app.Environment;

    /// <summary>Starts the host: when this returns, it answers.</summary>
    /// <param name="args">Its arguments.</param>
    /// <param name="screen">Hears of the steps.</param>
    /// <param name="time">A clock to use instead of the real one; tests move it.</param>
    public static async Task<RunningHost> StartAsync(string[] args, StartScreen screen, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = "TongBan.Host", EnvironmentName = Hosting.EnvironmentFor(args) });
        builder.AddAddress();
        var settings = HostSettings.Read(builder.Configuration, builder.Environment);
        var database = await screen.StepAsync("PostgreSQL", report => Database.OpenAsync(settings, report));
        WebApplication? app = null;
        try
        {
            await screen.StepAsync("Migrations", _ => Task.Run(() => Migrations.Run(database)));
            builder.AddTongBan(database);
            if (time is not null)
                builder.Services.AddSingleton(time);
            app = builder.Build();
            app.UseTongBan();
            await screen.StepAsync("Seed data", _ => Seed.PlantAsync(app.Services));
            await screen.StepAsync("Workflows", _ => WorkflowServices.ImportModesAsync(app.Services));
            await screen.StepAsync("Web server and jobs", _ => app.StartAsync());
            return new(database, app);
        }
        catch
        {
            if (app is not null)
                await app.DisposeAsync();
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes when somebody asked the host to stop (Ctrl-C, SIGTERM) and it has.</summary>
    public Task StoppedAsync() => _app.WaitForShutdownAsync();

    /// <summary>Stops answering, lets jobs end, then stops the private database.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }
}
