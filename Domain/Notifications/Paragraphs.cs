namespace TongBan.Domain.Notifications;

/// <summary>Texts that are written one paragraph a line.</summary>
public static class Paragraphs
{
    /// <summary>The paragraphs of a text, trimmed; empty lines are none.</summary>
    public static IReadOnlyList<string> Of(string? text) => (text ?? "").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
