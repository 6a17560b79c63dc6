using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ICSharpCode.SharpZipLib.Zip;
using MimeKit;
using Shouldly;
using TongBan.Host.Mail;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.Mail.Scans;

/// <summary>Cases whose scans go to the authority by mail, from the counter to the archive.</summary>
public sealed class ScansByMailTests(ScansFixture fixture) : IClassFixture<ScansFixture>
{
    private const string Item = "SCJG-013";

    private readonly Counter _counter = new(fixture);

    [Fact]
    public async Task Case_WhoseScansGoByMail_IsDecidedAndArchived()
    {
        var (address, phone) = ("authority@example.com", "13900000001");
        await fixture.SendByMailAsync(Item, address, phone);

        var number = await CollectedAsync();

        await _counter.CompleteAsync("approver.boluo", number, "acknowledge", "Acknowledged");
        fixture.MessagesTo(phone).ShouldHaveSingleItem();
        await OpensAsync(number, address, phone);
        await _counter.CompleteAsync("approver.boluo", number, "accept", "Accepted");
        (await _counter.CompleteAsync("approver.boluo", number, "decide", "Approved", new { documentNumber = "证-" + number })).ShouldBe("decided");
        await _counter.CompleteAsync("logistics.city", number, "dispatch", "Dispatched");
        await _counter.EndsAsync(number);
        (await _counter.CaseAsync(number)).GetProperty("shipments").EnumerateArray().Select(parcel => parcel.GetProperty("leg").GetString()).ShouldBe(["result"]);
    }

    [Theory]
    [InlineData("skip")]
    [InlineData("retry")]
    [InlineData("cancel")]
    public async Task Case_WhoseScansAreRefused_WaitsForAPersonAndGoesOn(string way)
    {
        var (address, phone) = ($"refused-once-{way}@example.com", "13900000002");
        await fixture.SendByMailAsync(Item, address, phone);
        var number = await CollectedAsync();
        var incident = (await Eventually.BecomesAsync(() => IncidentsAsync(number), found => found.Count > 0)).ShouldHaveSingleItem();
        incident.GetProperty("what").GetString()!.ShouldContain("邮件服务器退回");
        fixture.MessagesTo(phone).ShouldNotContain(text => text.Contains(number, StringComparison.Ordinal));

        using var settled = await (await _counter.AsAsync("supervisor")).PostAsJsonAsync($"/api/incidents/{incident.GetProperty("id").GetString()}/{way}", new { reason = "已与审批部门联系" });

        settled.StatusCode.ShouldBe(HttpStatusCode.OK, await settled.Content.ReadAsStringAsync());
        await _counter.CompleteAsync("approver.boluo", number, "acknowledge", "Acknowledged");
        if (way == "skip")
            fixture.Server.For(address).ShouldBeEmpty();
        else // Tried again, or called off and sent anew by the step that it came back to.
            await OpensAsync(number, address, phone);
    }

    private async Task<string> CollectedAsync()
    {
        var number = await _counter.OpenAsync(Counter.Application(Item));
        await _counter.UploadAllAsync(number);
        await _counter.CompleteAsync("clerk.city", number, "collect-materials", "Complete");
        return number;
    }

    /// <summary>The mail's archive holds the scans, and opens with the password that the phone got.</summary>
    private async Task OpensAsync(string number, string address, string phone)
    {
        using var raw = new MemoryStream(fixture.Server.For(address).Select(mail => mail.Raw).ShouldHaveSingleItem());
        using var mail = await MimeMessage.LoadAsync(raw);
        mail.Subject.ShouldBe($"办件{number}申请材料");
        var password = fixture.MessagesTo(phone).Single(text => text.Contains(number, StringComparison.Ordinal)).Split('：')[^1];
        var content = new MemoryStream();
        await ((MimePart)mail.Attachments.ShouldHaveSingleItem()).Content!.DecodeToAsync(content);
        using var archive = new ZipFile(content) { Password = password };
        archive.Cast<ZipEntry>().ShouldAllBe(entry => entry.AESKeySize == 256);
        using var list = new StreamReader(archive.GetInputStream(archive.GetEntry(EncryptedArchive.Contents)));
        (await list.ReadToEndAsync()).Split("\r\n").Length.ShouldBe((int)archive.Count - 1);
        using var scan = new StreamReader(archive.GetInputStream(archive.GetEntry("01.pdf")));
        (await scan.ReadToEndAsync()).ShouldStartWith("%PDF-");
    }

    private async Task<IReadOnlyList<JsonElement>> IncidentsAsync(string number) =>
        [.. (await _counter.CaseAsync(number)).GetProperty("incidents").EnumerateArray().Where(incident => incident.GetProperty("state").GetString() == "open")];
}
