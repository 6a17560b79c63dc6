using System.Text.Json;
using Elsa.Workflows.State;

namespace Elsa.Persistence;

/// <summary>Exceptions as they are stored: an exception's type is only named, never loaded.</summary>
internal static class ExceptionJson
{
    public static void Write(Utf8JsonWriter json, ExceptionState? exception)
    {
        if (exception is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", exception.TypeName);
        json.WriteString("message", exception.Message);
        json.WriteString("stackTrace", exception.StackTrace);
        json.WritePropertyName("innerException");
        Write(json, exception.InnerException);
        json.WriteEndObject();
    }

    public static ExceptionState? Read(JsonElement json) => json.ValueKind != JsonValueKind.Object
        ? null
        : new ExceptionState(typeof(Exception), json.GetProperty("message").GetString() ?? "", json.GetProperty("stackTrace").GetString(), Read(json.GetProperty("innerException")))
        {
            TypeName = json.GetProperty("type").GetString() ?? "",
        };
}
