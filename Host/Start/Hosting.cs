using Npgsql;
using TongBan.Domain.Materials.Content;

namespace TongBan.Host.Start;

/// <summary>Logging and the database's place in the container.</summary>
internal static class Hosting
{
    /// <summary>The console is for what needs attention; the levels can be set by <c>Logging__LogLevel__…</c>.</summary>
    public static void AddLogging(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.GetSection("Logging:LogLevel").Exists())
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // Cookie keys lie in the database beside everything else that they could open.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        // It logs the whole exception of a failed start, which the start screen explains in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }

    /// <summary>One pool; a connection per scope, opened by who first uses it.</summary>
    public static void AddDatabase(this WebApplicationBuilder builder, Database database)
    {
        var settings = HostSettings.Read(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(settings);
        builder.Services.Configure<DiskContentOptions>(options => options.Directory = Path.Combine(settings.DataDirectory, "materials"));
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(database.ForRequests));
        builder.Services.AddScoped(provider => provider.GetRequiredService<NpgsqlDataSource>().CreateConnection());
    }
}
