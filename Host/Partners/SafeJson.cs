using System.Text;
using System.Text.Json;

namespace TongBan.Host.Partners;

/// <summary>
/// JSON from outside: an object in UTF-8, without doubled names, nested no deeper than anything we agreed on, and of strings that
/// are text. What passes here can be stored and read without a surprise.
/// </summary>
internal static class SafeJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The object, or null when the bytes are none.</summary>
    public static JsonElement? Parse(byte[] bytes)
    {
        try
        {
            var text = Strict.GetString(bytes.AsSpan(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0));
            using var document = JsonDocument.Parse(text, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object && IsText(document.RootElement) ? document.RootElement.Clone() : null;
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            // InvalidOperationException: half of a surrogate pair, which is JSON and no text.
            return null;
        }
    }

    /// <summary>PostgreSQL keeps no NUL in a text, and no number of more than a few thousand digits.</summary>
    private static bool IsText(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => !json.GetString()!.Contains('\0', StringComparison.Ordinal),
        JsonValueKind.Number => json.TryGetDecimal(out _),
        JsonValueKind.Array => json.EnumerateArray().All(IsText),
        JsonValueKind.Object => json.EnumerateObject().All(each => !each.Name.Contains('\0', StringComparison.Ordinal) && IsText(each.Value)),
        _ => true,
    };
}
