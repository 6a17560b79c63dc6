using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MimeKit;
using Shouldly;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.Mail;

/// <summary>The city words its mails; each goes out with the words of its moment.</summary>
public sealed class KeepMailWordsTests(MailFixture fixture) : IClassFixture<MailFixture>
{
    private readonly Counter _counter = new(fixture);

    [Fact]
    public async Task Words_OfThePickUp_AreInTheNextMail()
    {
        var admin = await _counter.AsAsync("admin");
        using (var changed = await admin.PutAsJsonAsync("/api/mail-wordings/pickup", new { advice = "请到一楼取件处。\n\n周末照常。" }))
            changed.StatusCode.ShouldBe(HttpStatusCode.NoContent, await changed.Content.ReadAsStringAsync());
        var reader = $"words-{Guid.NewGuid():N}@example.com";
        var application = Counter.Application("SCJG-005", "441302", new { kind = "pickup", hall = "H441300" });
        application["applicant"] = new { type = "person", name = "示例申请人", idNumber = "11010519491231002X", phone = "13800000000", email = reader };

        var number = await _counter.AcceptedAsync(application);
        await _counter.CompleteAsync("approver.city", number, "acknowledge", "Acknowledged");
        await _counter.CompleteAsync("approver.city", number, "decide", "Approved", new { documentNumber = "照-" + number });

        var mails = await Eventually.BecomesAsync(
            () => Task.FromResult(fixture.Server.For(reader).Select(mail => Read(mail.Raw)).Where(mail => mail.Subject?.Contains("请领取", StringComparison.Ordinal) == true).ToList()), found => found.Count > 0);
        mails[0].HtmlBody.ShouldNotBeNull().ShouldContain("<p>请到一楼取件处。</p><p>周末照常。</p>");
        mails[0].TextBody.ShouldNotBeNull().ShouldContain("请到一楼取件处。");

        using (await admin.DeleteAsync("/api/mail-wordings/pickup"))
            (await ViewAsync(admin, "pickup")).GetProperty("advice").GetString()!.ShouldContain("有效身份证件");
    }

    [Fact]
    public async Task Preview_OfTypedWords_ShowsThemAsTextAndKeepsNothing()
    {
        var admin = await _counter.AsAsync("admin");
        using var form = new FormUrlEncodedContent([new("advice", "<script>alert(1)</script>请评价。")]);
        using var seen = await admin.PostAsync("/api/mail-wordings/evaluation/preview.html", form);

        var html = await seen.Content.ReadAsStringAsync();
        html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;请评价。");
        html.ShouldContain("src=\"data:image/png;base64,");
        seen.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("default-src 'none'");
        (await ViewAsync(admin, "evaluation")).GetProperty("changedAt").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("progress", "", HttpStatusCode.UnprocessableEntity)]
    [InlineData("progress", "1\n2\n3\n4\n5\n6\n7", HttpStatusCode.UnprocessableEntity)]
    [InlineData("receipt", "有文书的邮件", HttpStatusCode.NotFound)]
    [InlineData("nothing", "没有的邮件", HttpStatusCode.NotFound)]
    public async Task Words_ThatAMailCannotHave_AreRefused(string topic, string advice, HttpStatusCode status)
    {
        using var refused = await (await _counter.AsAsync("admin")).PutAsJsonAsync($"/api/mail-wordings/{topic}", new { advice });
        using var clerk = await (await _counter.AsAsync("clerk.city")).PutAsJsonAsync($"/api/mail-wordings/{topic}", new { advice });

        (refused.StatusCode, clerk.StatusCode).ShouldBe((status, HttpStatusCode.Forbidden));
    }

    private static MimeMessage Read(byte[] raw)
    {
        using var stream = new MemoryStream(raw);
        return MimeMessage.Load(stream);
    }

    private static async Task<JsonElement> ViewAsync(HttpClient admin, string topic) =>
        (await admin.GetFromJsonAsync<JsonElement>("/api/mail-wordings")).EnumerateArray().Single(one => one.GetProperty("topic").GetString() == topic);
}
