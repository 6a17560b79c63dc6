using System.Text.Json.Nodes;
using TongBan.Domain.Privacy;

namespace TongBan.Host.Sandbox;

/// <summary>What a sandbox partner keeps of a request: personal data masked, links to files left out.</summary>
internal static class SandboxBody
{
    public static string Masked(byte[] body)
    {
        var json = JsonNode.Parse(body);
        MaskIn(json);
        return json?.ToJsonString() ?? "null";
    }

    private static void MaskIn(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                MaskIn(item);
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (value is JsonValue text && text.TryGetValue<string>(out var plain) && MaskOf(name, plain) is { } masked)
                    members[name] = masked;
                else
                    MaskIn(value);
            }
        }
    }

    private static string? MaskOf(string name, string value) => name switch
    {
        "idNumber" => Mask.IdNumber(value),
        "phone" => Mask.Phone(value),
        "email" => Mask.Email(value),
        "address" => Mask.Address(value),
        "url" => "",
        _ => null,
    };
}
