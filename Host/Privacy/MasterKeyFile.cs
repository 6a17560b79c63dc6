using System.Security.Cryptography;
using TongBan.Domain.Privacy;
using TongBan.Host.Start;

namespace TongBan.Host.Privacy;

/// <summary>
/// The master key: that of <c>TongBan__Keys__Master</c>, 32 bytes in Base64, else of the file <c>keys/master.key</c> in the data
/// directory, made at the first start and readable by its owner only. It never enters the database.
/// </summary>
internal static class MasterKeyFile
{
    private const string Setting = "TongBan:Keys:Master";
    private const int Length = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static MasterKey Read(IConfiguration configuration, HostSettings settings) =>
        configuration[Setting] is { Length: > 0 } given
            ? Parse(given, "TongBan__Keys__Master")
            : OfFile(Path.Combine(settings.DataDirectory, "keys", "master.key"));

    private static MasterKey OfFile(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!File.Exists(path))
                Make(path);
            return Parse(File.ReadAllText(path).Trim(), path);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new StartFailure($"The master key {path} cannot be read or made ({exception.Message}): let the host write TongBan__DataDirectory, or set TongBan__Keys__Master.", exception);
        }
    }

    /// <summary>Written whole beside its name and then moved there: of two hosts that start together, one's key stays.</summary>
    private static void Make(string path)
    {
        var beside = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var file = new StreamWriter(beside, options))
            file.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)));
        try
        {
            File.Move(beside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // The other host was first.
            File.Delete(beside);
        }
    }

    private static MasterKey Parse(string text, string source)
    {
        var bytes = new byte[Length + 1];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == Length
            ? new(bytes[..Length])
            : throw new StartFailure($"{source} must be {Length} bytes in Base64, for example the output of: openssl rand -base64 {Length}");
    }
}
