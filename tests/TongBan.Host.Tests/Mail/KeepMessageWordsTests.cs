using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MimeKit;
using Shouldly;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.Mail;

/// <summary>The city words its messages; each goes out with the words of its moment.</summary>
public sealed class KeepMessageWordsTests(MailFixture fixture) : IClassFixture<MailFixture>
{
    private readonly Counter _counter = new(fixture);

    [Fact]
    public async Task Words_OfThePickUp_AreInTheNextMail()
    {
        var admin = await _counter.AsAsync("admin");
        using (var changed = await admin.PutAsJsonAsync("/api/message-wordings/pickup", new
        {
            subject = "办件{number}可以领取", text = "“{item}”办好了（{number}），取件码{code}，在{hall}。", advice = "请到一楼取件处。\n\n周末照常。",
        }))
            changed.StatusCode.ShouldBe(HttpStatusCode.NoContent, await changed.Content.ReadAsStringAsync());
        var reader = $"words-{Guid.NewGuid():N}@example.com";
        var application = Counter.Application("SCJG-005", "441302", new { kind = "pickup", hall = "H441300" });
        application["applicant"] = new { type = "person", name = "示例申请人", idNumber = "11010519491231002X", phone = "13800000000", email = reader };

        var number = await _counter.AcceptedAsync(application);
        await _counter.CompleteAsync("approver.city", number, "acknowledge", "Acknowledged");
        await _counter.CompleteAsync("approver.city", number, "decide", "Approved", new { documentNumber = "照-" + number });

        var mails = await Eventually.BecomesAsync(
            () => Task.FromResult(fixture.Server.For(reader).Select(mail => Read(mail.Raw)).Where(mail => mail.Subject?.Contains("可以领取", StringComparison.Ordinal) == true).ToList()), found => found.Count > 0);
        mails[0].HtmlBody.ShouldNotBeNull().ShouldContain("<p>请到一楼取件处。</p><p>周末照常。</p>");
        mails[0].TextBody.ShouldNotBeNull().ShouldContain("请到一楼取件处。");
        mails[0].Subject.ShouldBe($"办件{number}可以领取");
        mails[0].TextBody.ShouldNotBeNull().ShouldMatch($@"“[^”]+”办好了（{number}），取件码\d{{6}}，在[^{{]+。");

        using (await admin.DeleteAsync("/api/message-wordings/pickup"))
            (await ViewAsync(admin, "pickup")).GetProperty("advice").GetString()!.ShouldContain("有效身份证件");
    }

    [Fact]
    public async Task Preview_OfTypedWords_ShowsThemAsTextAndKeepsNothing()
    {
        var admin = await _counter.AsAsync("admin");
        using var form = new FormUrlEncodedContent([new("subject", "请评价"), new("text", "{item}：{number}"), new("advice", "<script>alert(1)</script>请评价。")]);
        using var seen = await admin.PostAsync("/api/message-wordings/evaluation/preview.html", form);

        var html = await seen.Content.ReadAsStringAsync();
        html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;请评价。");
        html.ShouldContain("内资有限责任公司设立登记：441300-20260101-00000");
        html.ShouldContain("src=\"data:image/png;base64,");
        seen.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("default-src 'none'");
        (await ViewAsync(admin, "evaluation")).GetProperty("changedAt").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("progress", "进度", "{text}", "", "advice")]
    [InlineData("progress", "进度", "{text}", "1\n2\n3\n4\n5\n6\n7", "advice")]
    [InlineData("progress", "进度", "有进展。", "请查询。", "text")]
    [InlineData("progress", "进度", "{text}{name}", "请查询。", "text")]
    [InlineData("progress", "", "{text}", "请查询。", "subject")]
    [InlineData("progress", "两\n行", "{text}", "请查询。", "subject")]
    [InlineData("pickup", "领取", "凭{code}领取。", "请查询。", "text")]
    [InlineData("pickup", "领取", "凭{code}到{hall}领取。", "到{hall}。", "advice")]
    [InlineData("supplement", "补正", "请补正。", null, "text")]
    public async Task Words_ThatAMessageCannotHave_AreRefusedAtTheirField(string topic, string subject, string text, string? advice, string field)
    {
        using var refused = await (await _counter.AsAsync("admin")).PutAsJsonAsync($"/api/message-wordings/{topic}", new { subject, text, advice });

        (await Counter.ProblemAsync(refused)).Fields.ShouldBe([field]);
    }

    [Theory]
    [InlineData("receipt")]
    [InlineData("nothing")]
    public async Task Words_OfWhatIsNoMessage_AreNotFound(string topic)
    {
        using var refused = await (await _counter.AsAsync("admin")).PutAsJsonAsync($"/api/message-wordings/{topic}", new { subject = "标题", text = "{text}", advice = "说明" });
        using var clerk = await (await _counter.AsAsync("clerk.city")).PutAsJsonAsync($"/api/message-wordings/{topic}", new { subject = "标题", text = "{text}", advice = "说明" });

        (refused.StatusCode, clerk.StatusCode).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task Words_OfASupplement_ReachTheApplicantAndThePreviewHasThePaper()
    {
        var admin = await _counter.AsAsync("admin");
        using (var changed = await admin.PutAsJsonAsync("/api/message-wordings/supplement", new { subject = "还差材料", text = "请补：{entries}。" }))
            changed.StatusCode.ShouldBe(HttpStatusCode.NoContent, await changed.Content.ReadAsStringAsync());
        var reader = $"supplement-{Guid.NewGuid():N}@example.com";
        var application = Counter.Application("SCJG-005", "441302", new { kind = "pickup", hall = "H441300" });
        application["applicant"] = new { type = "person", name = "示例申请人", idNumber = "11010519491231002X", phone = "13800000000", email = reader };
        var number = await _counter.OpenAsync(application);
        await _counter.UploadAllAsync(number);
        await _counter.CompleteAsync("clerk.city", number, "collect-materials", "Complete");
        await _counter.CompleteAsync("clerk.city", number, "accept", "NeedsSupplement", new { missing = new[] { "写清经营范围" } });

        var mails = await Eventually.BecomesAsync(
            () => Task.FromResult(fixture.Server.For(reader).Select(mail => Read(mail.Raw)).Where(mail => mail.Subject == "还差材料").ToList()), found => found.Count > 0);
        mails[0].TextBody.ShouldNotBeNull().ShouldContain("请补：写清经营范围。");
        (await admin.GetStringAsync("/api/message-wordings/supplement/preview.html")).ShouldContain("请补：公司章程（原件）；住所使用证明。");

        using (await admin.DeleteAsync("/api/message-wordings/supplement"))
            (await ViewAsync(admin, "supplement")).GetProperty("text").GetString()!.ShouldContain("需要补正");
    }

    private static MimeMessage Read(byte[] raw)
    {
        using var stream = new MemoryStream(raw);
        return MimeMessage.Load(stream);
    }

    private static async Task<JsonElement> ViewAsync(HttpClient admin, string topic) =>
        (await admin.GetFromJsonAsync<JsonElement>("/api/message-wordings")).EnumerateArray().Single(one => one.GetProperty("topic").GetString() == topic);
}
