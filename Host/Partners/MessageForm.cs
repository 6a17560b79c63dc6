using System.Text.Json;

namespace TongBan.Host.Partners;

/// <summary>The form that messages of partners must have; whether they make sense is worked out later.</summary>
internal static class MessageForm
{
    private const int LongestText = 200;

    private static readonly string[] CourierStatuses = ["collected", "inTransit", "outForDelivery", "signed", "refused", "returned", "lost"];

    private static readonly string[] ApprovalKinds =
        ["acknowledged", "returned", "supplementRequested", "specialProcedureStarted", "specialProcedureEnded", "extended", "decided"];

    private static readonly string[] Results = ["approved", "rejected"];

    /// <summary>What is wrong with a courier's message, by field.</summary>
    public static IReadOnlyDictionary<string, string[]> OfCourier(JsonElement json)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Text(errors, json, "messageId");
        Text(errors, json, "waybill");
        OneOf(errors, json, "status", CourierStatuses);
        Time(errors, json, "at");
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
    }

    private static void Text(Dictionary<string, string[]> errors, JsonElement json, string field, string parent = "")
    {
        if (Of(json, field) is not { Length: > 0 and <= LongestText })
            errors[parent + field] = [$"必须是 1 至 {LongestText} 个字的文字"];
    }

    private static void OneOf(Dictionary<string, string[]> errors, JsonElement json, string field, string[] values, string parent = "")
    {
        if (!values.Contains(Of(json, field), StringComparer.Ordinal))
            errors[parent + field] = [$"必须是 {string.Join("、", values)} 之一"];
    }

    private static void Time(Dictionary<string, string[]> errors, JsonElement json, string field)
    {
        if (!json.TryGetProperty(field, out var value) || value.ValueKind != JsonValueKind.String || !value.TryGetDateTimeOffset(out _))
            errors[field] = ["必须是 ISO 8601 时间"];
    }

    private static string? Of(JsonElement json, string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
