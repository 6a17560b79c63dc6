using System.Security.Cryptography;

namespace TongBan.Postgres;

/// <summary>
/// A private server's folder: <c>cluster</c> (PostgreSQL's own), <c>password</c> and <c>owner.lock</c>. It is the folder
/// that was asked for or, where the account cannot reach that, a stand-in for it which the file <c>location</c> names.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _ownerLock;

    private DataFolder(string path, FileStream ownerLock) => (Path, _ownerLock) = (path, ownerLock);

    /// <summary>The folder that holds everything.</summary>
    public string Path { get; }

    /// <summary>PostgreSQL's data directory.</summary>
    public string Cluster => System.IO.Path.Combine(Path, "cluster");

    /// <summary>What the server says.</summary>
    public string Log => System.IO.Path.Combine(Cluster, "server.log");

    private string PasswordFile => System.IO.Path.Combine(Path, "password");

    /// <summary>Opens the folder for this process alone; a process that dies lets go of it.</summary>
    public static DataFolder Open(string dataDirectory, ServiceAccount account)
    {
        var asked = System.IO.Path.GetFullPath(dataDirectory);
        Directory.CreateDirectory(asked);
        var ownerLock = Lock(asked);
        if (account.Reaches(asked))
            return new(asked, ownerLock);

        var standIn = ServiceAccount.StandIn(asked, "data");
        var location = System.IO.Path.Combine(asked, "location");
        // No such file: somebody deleted the folder to begin anew, so what stands for the old one is not ours any more.
        if (!File.Exists(location) && Directory.Exists(standIn))
            Directory.Move(standIn, $"{standIn}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(standIn);
        File.WriteAllText(location, standIn + "\n");
        return new(standIn, ownerLock);
    }

    /// <summary>The superuser's password, made up on first use.</summary>
    public string Password()
    {
        if (File.Exists(PasswordFile))
            return File.ReadAllText(PasswordFile).Trim();
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        WriteSecret(PasswordFile, password);
        return password;
    }

    /// <summary>Writes a file that only its owner reads.</summary>
    public static void WriteSecret(string path, string secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using var writer = new StreamWriter(path, options);
        writer.Write(secret);
    }

    public void Dispose() => _ownerLock.Dispose();

    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(folder, "owner.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new PostgresStartException($"Another process uses {folder}: stop it, or set TongBan__DataDirectory to a folder of its own.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new PostgresStartException($"{folder} cannot be written: set TongBan__DataDirectory to a folder that can.", exception);
        }
    }
}
