namespace TongBan.Host.Start;

/// <summary>The settings that are needed before anything else runs.</summary>
/// <param name="ConnectionString">The database of <c>ConnectionStrings__TongBan</c>; null for the private PostgreSQL.</param>
/// <param name="OwnerConnectionString">The same database as its owner, for migrations, of <c>ConnectionStrings__TongBanOwner</c>; null: the host owns its tables.</param>
/// <param name="DataDirectory">The folder of <c>TongBan__DataDirectory</c>: the private PostgreSQL and the materials.</param>
internal sealed record HostSettings(string? ConnectionString, string? OwnerConnectionString, string DataDirectory)
{
    /// <summary>Reads the settings; an empty one counts as not given.</summary>
    public static HostSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var connectionString = configuration.GetConnectionString("TongBan");
        var folder = configuration["TongBan:DataDirectory"];
        return new(
            string.IsNullOrWhiteSpace(connectionString) ? null : connectionString,
            configuration.GetConnectionString("TongBanOwner") is { Length: > 0 } owner ? owner : null,
            Path.GetFullPath(string.IsNullOrWhiteSpace(folder) ? "data" : folder, environment.ContentRootPath));
    }
}
