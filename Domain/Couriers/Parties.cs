using System.Text.Json;

namespace TongBan.Domain.Couriers;

/// <summary>The two ends of a parcel, sealed in its row.</summary>
internal sealed record Parties(Party Sender, Party Recipient)
{
    private static readonly Party Erased = new("", "", "");

    /// <summary>What the seal is bound to.</summary>
    public static string Row(Guid id) => $"shipments/{id}";

    /// <summary>Those of a row from before sealing; nobody when they were erased.</summary>
    public static Parties Plain(string? sender, string? recipient) => new(PartyOf(sender), PartyOf(recipient));

    private static Party PartyOf(string? json) => json is null ? Erased : JsonSerializer.Deserialize<Party>(json, JsonSerializerOptions.Web)!;
}
