using System.Text.Json;

namespace TongBan.Host.Partners;

/// <summary>What came of a call to a partner.</summary>
internal abstract record PartnerAnswer
{
    /// <summary>An answer of our own making, for partners that are not spoken to in JSON.</summary>
    public static PartnerAnswer Of(object answer) => new Answered(JsonSerializer.SerializeToElement(answer, JsonSerializerOptions.Web));

    /// <summary>The partner did what was asked, or had done it before under the same key.</summary>
    /// <param name="Json">Its answer; undefined when it had no body.</param>
    internal sealed record Answered(JsonElement Json) : PartnerAnswer
    {
        /// <summary>A text of the answer; null when it is not there, is no text or is empty.</summary>
        public string? Text(string name) =>
            Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestText } text
                ? text
                : null;

        private const int LongestText = 200;
    }

    /// <summary>The partner refused (4xx): the same call again will not help.</summary>
    internal sealed record Refused(int Status, string Body) : PartnerAnswer;

    /// <summary>No answer, or one that says "later" (5xx, 408, 429): the same call again may help.</summary>
    /// <param name="Reason">Why, for people.</param>
    /// <param name="RetryAfter">How long the partner asks to be left alone.</param>
    internal sealed record Unreachable(string Reason, TimeSpan? RetryAfter = null) : PartnerAnswer;
}
