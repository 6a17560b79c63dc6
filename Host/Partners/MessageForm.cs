using System.Text.Json;
using System.Text.RegularExpressions;
using TongBan.Domain.Couriers;

namespace TongBan.Host.Partners;

/// <summary>The form that messages of partners must have; whether they make sense is worked out later.</summary>
internal static partial class MessageForm
{
    private const int LongestText = 200;
    private const int LongestReason = 2000;
    private const int MostEntries = 100;

    /// <summary>The kinds of message of approval systems.</summary>
    public static readonly string[] ApprovalKinds =
        ["acknowledged", "returned", "supplementRequested", "specialProcedureStarted", "specialProcedureEnded", "extended", "decided"];

    private static readonly string[] Results = ["approved", "rejected"];

    /// <summary>What is wrong with a courier's message, by field.</summary>
    /// <param name="json">The message.</param>
    /// <param name="states">The provider's own states, and what they are here.</param>
    public static IReadOnlyDictionary<string, string[]> OfCourier(JsonElement json, IReadOnlyDictionary<string, ShipmentState> states)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Text(errors, json, "messageId");
        Text(errors, json, "waybill");
        OneOf(errors, json, "status", states.Keys);
        Time(errors, json, "at");
        MayBeText(errors, json, "place");
        MayBeText(errors, json, "signedBy");
        return errors;
    }

    /// <summary>What is wrong with an approval system's message, by field.</summary>
    public static IReadOnlyDictionary<string, string[]> OfApproval(JsonElement json)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Text(errors, json, "messageId");
        Text(errors, json, "caseNumber");
        OneOf(errors, json, "kind", ApprovalKinds);
        Time(errors, json, "at");
        MayBeText(errors, json, "reason", LongestReason);
        MayBeList(errors, json, "missing", each => each.ValueKind == JsonValueKind.String && each.GetString()!.Length is > 0 and <= LongestReason);
        if (Of(json, "kind") == "decided")
            Decision(errors, json);
        return errors;
    }

    private static void Decision(Dictionary<string, string[]> errors, JsonElement json)
    {
        if (!json.TryGetProperty("decision", out var decision) || decision.ValueKind != JsonValueKind.Object)
        {
            errors["decision"] = ["缺少决定内容"];
            return;
        }

        OneOf(errors, decision, "result", Results, "decision.");
        if (Of(decision, "result") == "approved")
            Text(errors, decision, "documentNumber", "decision.");
        else
            MayBeText(errors, decision, "documentNumber", parent: "decision.");
        MayBeText(errors, decision, "reason", LongestReason, "decision.");
        MayBeList(errors, decision, "files", IsFile, "decision.");
    }

    private static bool IsFile(JsonElement file) =>
        file.ValueKind == JsonValueKind.Object && Of(file, "name") is { Length: > 0 and <= LongestText } && Of(file, "mediaType") is { Length: <= LongestText } && Of(file, "base64") is not null;

    private static void MayBeText(Dictionary<string, string[]> errors, JsonElement json, string field, int longest = LongestText, string parent = "")
    {
        if (Has(json, field, out var value) && (value.ValueKind != JsonValueKind.String || value.GetString()!.Length > longest))
            errors[parent + field] = [$"必须是不超过 {longest} 个字的文字"];
    }

    private static void MayBeList(Dictionary<string, string[]> errors, JsonElement json, string field, Func<JsonElement, bool> isFit, string parent = "")
    {
        if (Has(json, field, out var value) && (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MostEntries || !value.EnumerateArray().All(isFit)))
            errors[parent + field] = [$"必须是不超过 {MostEntries} 项的列表，各项齐全"];
    }

    private static bool Has(JsonElement json, string field, out JsonElement value) =>
        json.TryGetProperty(field, out value) && value.ValueKind != JsonValueKind.Null;

    private static void Text(Dictionary<string, string[]> errors, JsonElement json, string field, string parent = "")
    {
        if (Of(json, field) is not { Length: > 0 and <= LongestText })
            errors[parent + field] = [$"必须是 1 至 {LongestText} 个字的文字"];
    }

    private static void OneOf(Dictionary<string, string[]> errors, JsonElement json, string field, IEnumerable<string> values, string parent = "")
    {
        if (!values.Contains(Of(json, field), StringComparer.Ordinal))
            errors[parent + field] = [$"必须是 {string.Join("、", values)} 之一"];
    }

    private static void Time(Dictionary<string, string[]> errors, JsonElement json, string field)
    {
        // Without an offset it would be read as the host's local time.
        if (Of(json, field) is not { } text || !Offset().IsMatch(text) || !json.GetProperty(field).TryGetDateTimeOffset(out _))
            errors[field] = ["必须是带时区的 ISO 8601 时间，如 2026-01-05T09:00:00+08:00"];
    }

    private static string? Of(JsonElement json, string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"T.*(?:Z|[+-]\d{2}:\d{2})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Offset();
}
