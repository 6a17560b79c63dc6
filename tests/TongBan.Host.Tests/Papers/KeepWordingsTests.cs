using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.Papers;

/// <summary>The city words its papers; what was handed out stays as it was.</summary>
public sealed class KeepWordingsTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const string Remedy = "可以依法申请行政复议或者提起行政诉讼。";

    private readonly Counter _counter = new(fixture);

    [Fact]
    public async Task Wording_Changed_IsOnTheNextPaperAndNotOnTheOneHandedOut()
    {
        var admin = await _counter.AsAsync("admin");
        var (before, after) = (await ReceivedAsync(), await ReceivedAsync());
        var old = await ReceiptAsync(before);

        using (var changed = await admin.PutAsJsonAsync("/api/wordings/receipt", new { opening = "“{item}”的材料收到了，谢谢。", closing = "第一段。\n\n第二段。" }))
            changed.StatusCode.ShouldBe(HttpStatusCode.NoContent, await changed.Content.ReadAsStringAsync());

        var text = string.Join('\n', PdfText.Lines(await ReceiptAsync(after)));
        text.ShouldContain("“内资有限责任公司设立登记”的材料收到了，谢谢。");
        text.ShouldContain("第一段。\n第二段。");
        (await ReceiptAsync(before)).ShouldBe(old);

        using (await admin.DeleteAsync("/api/wordings/receipt"))
            (await ViewAsync(admin, "receipt")).GetProperty("changedAt").ValueKind.ShouldBe(JsonValueKind.Null);
        string.Join('\n', PdfText.Lines(await ReceiptAsync(await ReceivedAsync()))).ShouldContain("请妥善保管本凭证");
    }

    [Theory]
    [InlineData("receipt", "", "", "opening")]
    [InlineData("receipt", "两\n段", "", "opening")]
    [InlineData("receipt", "{name}您好", "", "opening")]
    [InlineData("receipt", "收到。", "{item}", "closing")]
    [InlineData("receipt", "收到。", "1\n2\n3\n4\n5\n6\n7", "closing")]
    [InlineData("refusal", "不予受理。", "没有救济途径。", "closing")]
    public async Task Wording_ThatAPaperCannotHave_IsRefusedAtItsField(string kind, string opening, string closing, string field)
    {
        var admin = await _counter.AsAsync("admin");
        using var kept = await admin.PutAsJsonAsync($"/api/wordings/{kind}", new { opening, closing });
        using var form = new FormUrlEncodedContent([new("opening", opening), new("closing", closing)]);
        using var seen = await admin.PostAsync($"/api/wordings/{kind}/preview.pdf", form);

        (await Counter.ProblemAsync(kept)).Fields.ShouldBe([field]);
        (await Counter.ProblemAsync(seen)).Fields.ShouldBe([field]);
    }

    [Fact]
    public async Task Preview_OfTypedWords_PrintsThemAndKeepsNothing()
    {
        var admin = await _counter.AsAsync("admin");
        using var form = new FormUrlEncodedContent([new("opening", "只是看看“{item}”。"), new("closing", Remedy)]);
        using var seen = await admin.PostAsync("/api/wordings/refusal/preview.pdf", form);

        var text = string.Join('\n', PdfText.Lines(await seen.Content.ReadAsByteArrayAsync()));
        text.ShouldContain("只是看看“内资有限责任公司设立登记”。");
        text.ShouldContain(Remedy);
        (await ViewAsync(admin, "refusal")).GetProperty("opening").GetString()!.ShouldNotContain("只是看看");
        using var clerk = await (await _counter.AsAsync("clerk.city")).GetAsync("/api/wordings");
        clerk.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<JsonElement> ViewAsync(HttpClient admin, string kind) =>
        (await admin.GetFromJsonAsync<JsonElement>("/api/wordings")).EnumerateArray().Single(one => one.GetProperty("kind").GetString() == kind);

    private async Task<string> ReceivedAsync()
    {
        var number = await _counter.OpenAsync();
        await _counter.UploadAllAsync(number);
        await _counter.CompleteAsync("clerk.city", number, "collect-materials", "Complete");
        return number;
    }

    private async Task<byte[]> ReceiptAsync(string number) => await (await _counter.AsAsync("clerk.city")).GetByteArrayAsync($"/api/cases/{number}/documents/receipt.pdf");
}
