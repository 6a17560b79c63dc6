namespace Elsa.Http;

/// <summary>A file that was downloaded or is to be sent. It lives no longer than its burst.</summary>
/// <param name="stream">The content, from its beginning.</param>
/// <param name="filename">Its name, without a path.</param>
/// <param name="contentType">Its media type.</param>
/// <param name="eTag">The entity tag under which it was served.</param>
public class HttpFile(Stream stream, string? filename = null, string? contentType = null, string? eTag = null)
{
    /// <summary>The content.</summary>
    public Stream Stream { get; set; } = stream;

    /// <summary>Its name, without a path.</summary>
    public string? Filename { get; set; } = filename;

    /// <summary>Its media type.</summary>
    public string? ContentType { get; set; } = contentType;

    /// <summary>The entity tag under which it was served.</summary>
    public string? ETag { get; set; } = eTag;

    /// <summary>The content as bytes.</summary>
    public byte[] GetBytes()
    {
        using var bytes = new MemoryStream();
        if (Stream.CanSeek)
            Stream.Position = 0;
        Stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
