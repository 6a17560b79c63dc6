using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Elsa.Api;

/// <summary>JSON as files that people keep: one by itself, or a ZIP archive of many.</summary>
internal static class JsonFiles
{
    public static IResult One(JsonNode content, string name) => Results.File(Bytes(content), "application/octet-stream", name);

    public static async Task<IResult> ManyAsync(IEnumerable<(string Name, JsonNode Content)> files, string name, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        await using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (entryName, content) in files)
            {
                await using var entry = await zip.CreateEntry(entryName).OpenAsync(ct);
                await entry.WriteAsync(Bytes(content), ct);
            }
        }

        return Results.File(buffer.ToArray(), "application/octet-stream", name);
    }

    /// <summary>The texts of an uploaded file: its own, or those of the JSON files in an archive.</summary>
    /// <param name="file">The upload.</param>
    /// <param name="largest">How many bytes an entry of an archive may have when it is unpacked.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="ApiInputException">An entry is larger.</exception>
    public static async Task<List<string>> ReadAsync(IFormFile file, long largest, CancellationToken ct)
    {
        await using var stream = file.OpenReadStream();
        if (!await IsArchiveAsync(stream, ct))
        {
            using var reader = new StreamReader(stream);
            return [await reader.ReadToEndAsync(ct)];
        }

        var texts = new List<string>();
        await using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries.Where(entry => entry.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
        {
            if (entry.Length > largest)
                throw new ApiInputException("files", $"'{entry.FullName}' is too large.");
            using var reader = new StreamReader(await entry.OpenAsync(ct));
            texts.Add(await reader.ReadToEndAsync(ct));
        }

        return texts;
    }

    private static byte[] Bytes(JsonNode content) => Encoding.UTF8.GetBytes(content.ToJsonString(ApiJson.Options));

    /// <summary>By its first two letters: names and media types say little.</summary>
    private static async Task<bool> IsArchiveAsync(Stream stream, CancellationToken ct)
    {
        var start = new byte[2];
        var read = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, ct);
        stream.Position = 0;
        return read == start.Length && start is [(byte)'P', (byte)'K'];
    }
}
