namespace TongBan.Domain.Materials.Content;

/// <summary>Content that is kept.</summary>
/// <param name="Sha256">The hash it is kept under, 64 lower-case hex digits.</param>
/// <param name="Size">Bytes.</param>
public sealed record StoredContent(string Sha256, long Size);

/// <summary>Where the bytes of files are kept, under their hash and never changed: a folder, or the object storage of a city.</summary>
public interface IContentStore
{
    /// <summary>Keeps the content durably before it returns. Content that is there already is not written again.</summary>
    /// <exception cref="IOException">It could not be written; nothing of it is kept.</exception>
    Task<StoredContent> SaveAsync(Stream content, CancellationToken cancellation = default);

    /// <summary>Deletes the content; none under this hash is no error.</summary>
    Task DeleteAsync(string sha256, CancellationToken cancellation = default);

    /// <summary>Opens the content for reading, or null when there is none under this hash.</summary>
    Task<Stream?> OpenAsync(string sha256, CancellationToken cancellation = default);
}
