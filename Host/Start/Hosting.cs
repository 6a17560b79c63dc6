using Npgsql;

namespace TongBan.Host.Start;

/// <summary>Logging and the database's place in the container.</summary>
internal static class Hosting
{
    /// <summary>The console is for what needs attention; the levels can be set by <c>Logging__LogLevel__…</c>.</summary>
    public static void AddLogging(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.GetSection("Logging:LogLevel").Exists())
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
    }

    /// <summary>One pool; a connection per scope, opened by who first uses it.</summary>
    public static void AddDatabase(this WebApplicationBuilder builder, Database database)
    {
        builder.Services.AddSingleton(HostSettings.Read(builder.Configuration, builder.Environment));
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(database.ForRequests));
        builder.Services.AddScoped(provider => provider.GetRequiredService<NpgsqlDataSource>().CreateConnection());
    }
}
