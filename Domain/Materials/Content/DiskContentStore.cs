using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace TongBan.Domain.Materials.Content;

/// <summary>Where the files of cases lie.</summary>
public sealed class DiskContentOptions
{
    /// <summary>The folder; made when it is not there. It must lie on one file system, for the rename to be atomic.</summary>
    [Required]
    public string Directory { get; set; } = "";
}

/// <summary>Keeps content in a folder, one file per hash: <c>ab/cd/abcd…</c>.</summary>
/// <param name="options">Where.</param>
public sealed class DiskContentStore(IOptions<DiskContentOptions> options) : IContentStore
{
    private const int HashLength = 64;
    private const int BufferSize = 81920;

    private readonly string _root = Path.GetFullPath(options.Value.Directory);

    /// <inheritdoc/>
    public async Task<StoredContent> SaveAsync(Stream content, CancellationToken cancellation = default)
    {
        var incoming = Path.Combine(Directory.CreateDirectory(Path.Combine(_root, "incoming")).FullName, Guid.CreateVersion7().ToString("N"));
        try
        {
            var stored = await WriteAsync(content, incoming, cancellation);
            Keep(incoming, PathOf(stored.Sha256));
            return stored;
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string sha256, CancellationToken cancellation = default)
    {
        if (IsHash(sha256))
        {
            File.Delete(PathOf(sha256));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string sha256, CancellationToken cancellation = default)
    {
        if (!IsHash(sha256))
        {
            return Task.FromResult<Stream?>(null);
        }

        var path = PathOf(sha256);
        return Task.FromResult<Stream?>(File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, useAsync: true)
            : null);
    }

    private static async Task<StoredContent> WriteAsync(Stream content, string path, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        var buffer = new byte[BufferSize];
        var size = 0L;
        int read;
        while ((read = await content.ReadAsync(buffer, cancellation)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            size += read;
        }

        // Checkpoint 1: a crash before this leaves a file under incoming/ that nothing refers to.
        file.Flush(flushToDisk: true);
        return new StoredContent(Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }

    private static void Keep(string incoming, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        try
        {
            File.Move(incoming, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // The same content was kept before, or by somebody else just now.
            return;
        }

        // Checkpoint 2: a crash before this may lose the name; the caller's transaction has not committed yet either.
        DurableFolder.Flush(folder);
    }

    private static bool IsHash(string text) => text.Length == HashLength && text.All(char.IsAsciiHexDigitLower);

    private string PathOf(string sha256) => Path.Combine(_root, sha256[..2], sha256[2..4], sha256);
}
