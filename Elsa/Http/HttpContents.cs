using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Elsa.Expressions.Helpers;
using Elsa.Persistence;

namespace Elsa.Http;

/// <summary>Bodies of messages as values, and values as bodies.</summary>
internal static class HttpContents
{
    /// <summary>JSON as plain values, what is text as text, anything else as bytes; null when empty.</summary>
    /// <exception cref="JsonException">The body says it is JSON, and is not.</exception>
    public static object? Parse(byte[] body, string? contentType)
    {
        if (body.Length == 0)
            return null;
        _ = MediaTypeHeaderValue.TryParse(contentType, out var type);
        var media = type?.MediaType ?? "";
        if (media.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            using var document = JsonDocument.Parse(body);
            return JsonValues.Read(document.RootElement);
        }

        return media.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || media.Contains("xml", StringComparison.OrdinalIgnoreCase) || media.Contains("urlencoded", StringComparison.OrdinalIgnoreCase)
            ? EncodingOf(type).GetString(body)
            : body;
    }

    /// <summary>Texts and bytes as they are, anything else as JSON.</summary>
    public static (byte[] Body, string ContentType) Format(object content, string? contentType)
    {
        var given = string.IsNullOrWhiteSpace(contentType) ? null : contentType;
        return content switch
        {
            byte[] bytes => (bytes, given ?? "application/octet-stream"),
            Stream stream => (new HttpFile(stream).GetBytes(), given ?? "application/octet-stream"),
            string text => (Encoding.UTF8.GetBytes(text), given ?? "text/plain; charset=utf-8"),
            _ when given?.Contains("urlencoded", StringComparison.OrdinalIgnoreCase) == true && FieldsOf(content) is { } fields => (Encoding.UTF8.GetBytes(Form(fields)), given),
            _ => (Encoding.UTF8.GetBytes(StoredValues.ToJson(content, isPlain: true)!), given ?? "application/json"),
        };
    }

    /// <summary>The fields that an object is as a form; null for what has none.</summary>
    private static IDictionary<string, object?>? FieldsOf(object content) =>
        content as IDictionary<string, object?>
        ?? (JsonSerializer.SerializeToElement(content, content.GetType()) is { ValueKind: JsonValueKind.Object } element ? JsonValues.ReadMap(element)! as IDictionary<string, object?> : null);

    private static string Form(IDictionary<string, object?> fields) =>
        string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value.ConvertTo<string>() ?? "")}"));

    private static Encoding EncodingOf(MediaTypeHeaderValue? type)
    {
        try
        {
            return type?.CharSet is { Length: > 0 } name ? Encoding.GetEncoding(name.Trim('"')) : Encoding.UTF8;
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8; // A name that nobody knows.
        }
    }
}
