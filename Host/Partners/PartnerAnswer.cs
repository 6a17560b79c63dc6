using System.Text.Json;

namespace TongBan.Host.Partners;

/// <summary>What came of a call to a partner.</summary>
internal abstract record PartnerAnswer
{
    /// <summary>An answer of our own making, for partners that are not spoken to in JSON.</summary>
    public static PartnerAnswer Of(object answer) => new Answered(JsonSerializer.SerializeToElement(answer, JsonSerializerOptions.Web));

    /// <summary>The partner did what was asked, or had done it before under the same key.</summary>
    /// <param name="Json">Its answer; undefined when it had no body.</param>
    internal sealed record Answered(JsonElement Json) : PartnerAnswer;

    /// <summary>The partner refused (4xx): the same call again will not help.</summary>
    internal sealed record Refused(int Status, string Body) : PartnerAnswer;

    /// <summary>No answer, or one that says "later" (5xx, 408, 429): the same call again may help.</summary>
    internal sealed record Unreachable(string Reason) : PartnerAnswer;
}
