namespace TongBan.Domain.Notifications;

/// <summary>How many short messages a text is counted as.</summary>
public static class SmsParts
{
    // A message holds 140 octets: 70 characters of UCS-2, or 67 beside the header that joins parts (3GPP TS 23.040, 9.2.3.24.1).
    private const int Alone = 70;
    private const int Joined = 67;

    /// <summary>The number of parts; none for no text.</summary>
    public static int Of(string text) => text.Length <= Alone ? Math.Sign(text.Length) : (text.Length + Joined - 1) / Joined;
}
