using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Elsa.Http;

/// <summary>What an endpoint says of uploaded files.</summary>
/// <param name="MostBytes">Of one file; null for no limit of its own.</param>
/// <param name="Extensions">Those that are taken, with their dots; none for all.</param>
/// <param name="RefusedExtensions">Those that are not.</param>
/// <param name="MediaTypes">Those that are taken; none for all.</param>
/// <param name="Exposed">The refusals that are the workflow's to answer.</param>
internal sealed record UploadRules(long? MostBytes, string[] Extensions, string[] RefusedExtensions, string[] MediaTypes, string[] Exposed)
{
    internal const string FileTooLarge = "File too large";
    internal const string BadExtension = "Invalid file extension";
    internal const string BadType = "Invalid file MIME type";

    [JsonIgnore]
    internal bool IsEmpty => MostBytes is null && Extensions.Length + RefusedExtensions.Length + MediaTypes.Length == 0;

    /// <summary>Why files are refused, as the outcome that it is called by; null when they are taken.</summary>
    internal UploadRefusal? Check(IReadOnlyCollection<IFormFile> files)
    {
        if (files.Any(file => file.Length > MostBytes))
            return new(FileTooLarge, StatusCodes.Status413PayloadTooLarge, $"The maximum file size allowed is {MostBytes} bytes.");
        if (Extensions.Length > 0 && !files.All(file => Has(Extensions, Path.GetExtension(file.FileName))))
            return new(BadExtension, StatusCodes.Status415UnsupportedMediaType, $"Only the following file extensions are allowed: {string.Join(", ", Extensions)}");
        if (files.Any(file => Has(RefusedExtensions, Path.GetExtension(file.FileName))))
            return new(BadExtension, StatusCodes.Status415UnsupportedMediaType, $"The following file extensions are not allowed: {string.Join(", ", RefusedExtensions)}");
        if (MediaTypes.Length > 0 && !files.All(file => Has(MediaTypes, file.ContentType)))
            return new(BadType, StatusCodes.Status415UnsupportedMediaType, $"Only the following MIME types are allowed: {string.Join(", ", MediaTypes)}");
        return null;
    }

    private static bool Has(string[] list, string? value) => list.Contains(value, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Why uploaded files are refused.</summary>
internal sealed record UploadRefusal(string Outcome, int Status, string Message);
