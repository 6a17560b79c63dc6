using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace TongBan.Postgres;

/// <summary>PostgreSQL's programs, as the npm package of the machine's platform brings them.</summary>
internal sealed class PostgresBinaries
{
    private readonly string _folder;

    private PostgresBinaries(string folder) => _folder = folder;

    /// <summary>The path of a program such as <c>initdb</c>.</summary>
    public string Program(string name) => Path.Combine(_folder, "bin", OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>Finds the binaries and makes them complete and reachable for the account.</summary>
    public static async Task<PostgresBinaries> LocateAsync(ServiceAccount account, CancellationToken cancellationToken)
    {
        var packages = typeof(PostgresBinaries).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "PostgresPackages").Value!;
        var installed = Path.Combine(packages, Platform, "native");
        if (!Directory.Exists(installed))
            throw new PostgresStartException($"PostgreSQL's binaries are not in {installed}: build again, or set ConnectionStrings__TongBan to a database of your own.");
        if (account.Reaches(installed))
        {
            Link(installed);
            return new(installed);
        }

        var copy = ServiceAccount.StandIn(installed, "binaries");
        if (!Directory.Exists(copy))
            await CopyAsync(installed, copy, account, cancellationToken);
        return new(copy);
    }

    private static string Platform => RuntimeInformation.OSArchitecture switch
    {
        var architecture when OperatingSystem.IsWindows() => $"windows-{Name(architecture)}",
        var architecture when OperatingSystem.IsMacOS() => $"darwin-{Name(architecture)}",
        var architecture => $"linux-{Name(architecture)}",
    };

    private static string Name(Architecture architecture) => architecture.ToString().ToLowerInvariant();

    /// <summary>npm packages hold no links, so the package lists its libraries' short names in a file.</summary>
    internal static void Link(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        foreach (var link in JsonSerializer.Deserialize<SymbolicLink[]>(File.ReadAllText(list), JsonSerializerOptions.Web)!)
        {
            var path = Path.Combine(native, Path.GetRelativePath("native", link.Target));
            if (Path.Exists(path))
                continue;
            try
            {
                File.CreateSymbolicLink(path, Path.GetFileName(link.Source));
            }
            catch (IOException) when (Path.Exists(path))
            {
                // Another process was faster.
            }
        }
    }

    private static async Task CopyAsync(string from, string to, ServiceAccount account, CancellationToken cancellationToken)
    {
        var partial = $"{to}.{Environment.ProcessId}";
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(partial, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        Link(partial);
        await account.OwnAsync(partial, cancellationToken);
        try
        {
            Directory.Move(partial, to);
        }
        catch (IOException) when (Directory.Exists(to))
        {
            Directory.Delete(partial, recursive: true);
        }
    }

    private sealed record SymbolicLink(string Source, string Target);
}
