using TongBan.Host.Start;

namespace TongBan.Host.Commands;

/// <summary>The host's services on its database, migrated, with nothing running.</summary>
internal sealed class CommandServices : IAsyncDisposable
{
    private readonly Database _database;
    private readonly WebApplication _app;
    private readonly AsyncServiceScope _scope;

    private CommandServices(Database database, WebApplication app) => (_database, _app, _scope) = (database, app, app.Services.CreateAsyncScope());

    /// <summary>One scope.</summary>
    public IServiceProvider Provider => _scope.ServiceProvider;

    public static async Task<CommandServices> OpenAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = "TongBan.Host", EnvironmentName = Hosting.EnvironmentFor(args) });
        var database = await Database.OpenAsync(HostSettings.Read(builder.Configuration, builder.Environment), new Progress<string>());
        try
        {
            Migrations.Run(database);
            builder.AddTongBan(database);
            return new(database, builder.Build());
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }
}
