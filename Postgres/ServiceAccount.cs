using System.Security.Cryptography;
using System.Text;

namespace TongBan.Postgres;

/// <summary>
/// The account that PostgreSQL runs as: the current user's, or for root, whom PostgreSQL refuses, <c>nobody</c>.
/// As <c>nobody</c> the server reaches no folder below a closed one such as <c>/root</c>, so what it needs moves to
/// <c>/var/lib/tongban</c> then.
/// </summary>
internal sealed record ServiceAccount(string? UserName)
{
    /// <summary>Where data and binaries go that the account could not reach otherwise.</summary>
    private const string SharedRoot = "/var/lib/tongban";

    private static readonly ServiceAccount Self = new(UserName: null);

    /// <summary>The account for a server that the current process starts.</summary>
    public static ServiceAccount Current { get; } =
        new(!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess ? "nobody" : null);

    /// <summary>True when the account can enter a folder and all above it.</summary>
    public bool Reaches(string folder)
    {
        if (UserName is null || OperatingSystem.IsWindows())
            return true;
        for (var each = new DirectoryInfo(folder); each is not null; each = each.Parent)
        {
            if (each.Exists && !File.GetUnixFileMode(each.FullName).HasFlag(UnixFileMode.OtherExecute))
                return false;
        }

        return true;
    }

    /// <summary>A folder of the shared root that stands for <paramref name="folder"/>.</summary>
    public static string StandIn(string folder, string kind)
    {
        Directory.CreateDirectory(SharedRoot);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(SharedRoot, File.GetUnixFileMode(SharedRoot) | UnixFileMode.OtherExecute);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(folder)));
        return Path.Combine(SharedRoot, $"{kind}-{Convert.ToHexStringLower(hash)[..16]}");
    }

    /// <summary>Makes the account the owner of a folder and all in it.</summary>
    public async Task OwnAsync(string folder, CancellationToken cancellationToken)
    {
        if (UserName is null)
            return;
        var (exitCode, output) = await Command.RunAsync("chown", ["-R", $"{UserName}:", folder], "/", Self, cancellationToken);
        if (exitCode != 0)
            throw new PostgresStartException($"{folder} could not be given to the user {UserName}, as whom PostgreSQL runs: {output}");
    }
}
