using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Elsa.Common.Models;
using Elsa.Expressions;
using Microsoft.AspNetCore.Http;

namespace Elsa.Api;

/// <summary>The API's JSON: camel case, no nulls, enums by name, times with seven digits.</summary>
internal static class ApiJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new TypeNameConverter() },
    };

    private static readonly WellKnownTypeRegistry Names = new();

    /// <summary>The request's body; an empty object when there is none.</summary>
    /// <exception cref="ApiInputException">The body is no JSON.</exception>
    public static Task<JsonElement> BodyAsync(HttpRequest request) => BodyAsync(request, text => JsonDocument.Parse(text).RootElement);

    /// <summary>A body that holds a definition.</summary>
    /// <exception cref="ApiInputException">The body is no JSON, or nested too deeply.</exception>
    public static Task<JsonElement> DefinitionAsync(HttpRequest request) => BodyAsync(request, Definitions.DefinitionText.Parse);

    private static async Task<JsonElement> BodyAsync(HttpRequest request, Func<string, JsonElement> parse)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        if (string.IsNullOrWhiteSpace(text))
            return JsonDocument.Parse("{}").RootElement;
        try
        {
            return parse(text);
        }
        catch (JsonException e)
        {
            throw new ApiInputException("model", e.Message);
        }
    }

    public static JsonElement? Member(JsonElement body, string name) => body.ValueKind == JsonValueKind.Object ? Definitions.ActivityReader.Find(body, name) : null;

    public static string? Text(JsonElement body, string name) => Member(body, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    /// <exception cref="ApiInputException">The list holds something else than texts.</exception>
    public static string[] Texts(JsonElement body, string name) => Member(body, name) is { ValueKind: JsonValueKind.Array } values
        ? [.. values.EnumerateArray().Select(value => value.ValueKind is JsonValueKind.String or JsonValueKind.Null ? value.GetString() ?? "" : throw new ApiInputException(name, "Texts are expected here."))]
        : [];

    public static bool? Flag(JsonElement body, string name) => Member(body, name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <exception cref="ApiInputException">It is no whole number of 32 bits.</exception>
    public static int? Number(JsonElement body, string name) =>
        Member(body, name) is not { ValueKind: JsonValueKind.Number } value ? null : value.TryGetInt32(out var number) ? number : throw new ApiInputException(name, $"{value} is no number that can stand here.");

    /// <summary>How many entries a page leaves out before it, in SQL.</summary>
    /// <exception cref="ApiInputException">One of the two is negative.</exception>
    public static long Offset(int? page, int? pageSize) => (long)(NotNegative("page", page) ?? 0) * (NotNegative("pageSize", pageSize) ?? 0);

    /// <exception cref="ApiInputException">It is negative.</exception>
    public static int? NotNegative(string name, int? number) => number < 0 ? throw new ApiInputException(name, $"{number} is less than nothing.") : number;

    /// <summary>Which way a list is sorted, in SQL; an empty value is none.</summary>
    /// <exception cref="ApiInputException">It is neither Ascending nor Descending.</exception>
    public static string Direction(string? text, string otherwise) => text?.ToUpperInvariant() switch
    {
        null or "" => otherwise,
        "ASCENDING" => "asc",
        "DESCENDING" => "desc",
        _ => throw new ApiInputException("orderDirection", $"Value [{text}] is not valid for a [OrderDirection] property!"),
    };

    /// <summary>An empty value is none.</summary>
    public static VersionOptions? Version(string? text) => string.IsNullOrEmpty(text) ? null
        : VersionOptions.TryParse(text, out var options) ? options
        : throw new ApiInputException("versionOptions", $"'{text}' names no version.");

    public static VersionOptions? Version(JsonElement body) => Member(body, "versionOptions") switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => Version(text.GetString()),
        _ => throw new ApiInputException("generalErrors", "Invalid request body."),
    };

    /// <summary>Written out: a JSON column as it is.</summary>
    public static JsonNode? Node(string? json) => json is null ? null : JsonNode.Parse(json, documentOptions: Persistence.StoredValues.Deep);

    private sealed class TypeNameConverter : JsonConverter<Type>
    {
        public override Type Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Type value, JsonSerializerOptions options) => writer.WriteStringValue(Names.NameOf(value));
    }
}
