using Npgsql;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.Materials.Content.Cleaning;

namespace TongBan.Host.Start;

/// <summary>Logging and the database's place in the container.</summary>
internal static class Hosting
{
    private const string DefaultAddress = "http://localhost:5080";

#if DEBUG
    private const string DefaultEnvironment = "Development";
#else
    private const string DefaultEnvironment = "Production";
#endif

    /// <summary>
    /// Null where a variable or an argument says it; else a debug build, which <c>dotnet run</c> makes, is Development and a
    /// release build is Production.
    /// </summary>
    public static string? EnvironmentFor(string[] args) =>
        Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") is null && Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is null
            && !args.Any(argument => argument.StartsWith("--environment", StringComparison.OrdinalIgnoreCase))
            ? DefaultEnvironment
            : null;

    /// <summary>Listens where <c>ASPNETCORE_URLS</c> or <c>--urls</c> says, else on a local port of our own.</summary>
    public static void AddAddress(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["urls"]) && string.IsNullOrWhiteSpace(builder.Configuration["http_ports"]))
            builder.WebHost.UseUrls(DefaultAddress);
    }

    /// <summary>The console is for what needs attention; the levels can be set by <c>Logging__LogLevel__…</c>.</summary>
    public static void AddLogging(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.GetSection("Logging:LogLevel").Exists())
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // Cookie keys lie in the database beside everything else that they could open.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        // Its lines carry whole addresses, and people look for cases by identity numbers.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        // It logs the whole exception of a failed start, which the start screen explains in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }

    /// <summary>One pool; a connection per scope, opened by who first uses it.</summary>
    public static void AddDatabase(this WebApplicationBuilder builder, Database database)
    {
        var settings = HostSettings.Read(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(database);
        builder.Services.AddOptions<ClamAvOptions>().BindConfiguration("TongBan:ClamAv").Validate(
            scan => string.IsNullOrEmpty(scan.Address) || scan.Address.StartsWith('/') || (scan.Address.LastIndexOf(':') is > 0 and var colon && ushort.TryParse(scan.Address.AsSpan(colon + 1), out _)),
            "TongBan__ClamAv__Address must be host:port or the path of a socket, for example 127.0.0.1:3310.").ValidateOnStart();
        builder.Services.Configure<DiskContentOptions>(options => options.Directory = Path.Combine(settings.DataDirectory, "materials"));
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(database.ForRequests));
        builder.Services.AddScoped(provider => provider.GetRequiredService<NpgsqlDataSource>().CreateConnection());
    }
}
