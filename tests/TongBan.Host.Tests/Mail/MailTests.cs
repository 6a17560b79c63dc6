using Dapper;
using ICSharpCode.SharpZipLib.Zip;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MimeKit;
using QRCoder;
using Shouldly;
using TongBan.Domain.Cases;
using TongBan.Domain.Notifications;
using TongBan.Domain.Partners;
using TongBan.Host.Mail;
using TongBan.Host.Partners;
using TongBan.Host.Tests.Cases;
using TongBan.Testing.Smtp;
using Xunit;

namespace TongBan.Host.Tests.Mail;

/// <summary>Mails on their way to a real SMTP server: what arrives, how often, and what people see of what does not.</summary>
public sealed class MailTests(MailFixture fixture) : IClassFixture<MailFixture>
{
    private readonly Counter _counter = new(fixture);

    private readonly string _name = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Supplement_ByMail_ArrivesEncryptedAsTextAndHtmlWithTheCasesCode()
    {
        var number = await SupplementingAsync($"reader-{_name}@example.com");

        using var message = Parsed(await ArrivesAsync($"reader-{_name}@example.com", "补正通知"));

        fixture.Server.For($"reader-{_name}@example.com").ShouldAllBe(mail => mail.Secure && mail.From == "noreply@city.example");
        message.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        message.TextBody.ShouldNotBeNull().ShouldSatisfyAllConditions(
            text => text.ShouldContain(number), text => text.ShouldContain("2. 写清经营范围 <一>"), text => text.ShouldContain("/track?number=" + number));
        message.HtmlBody.ShouldNotBeNull().ShouldSatisfyAllConditions(
            html => html.ShouldContain("<li>写清经营范围 &lt;一&gt;</li>"), html => html.ShouldContain("src=\"cid:track-code\""), html => html.ShouldNotContain("{{"));
        PictureOf(message).ShouldBe(CodeOf(fixture.Host.Services.GetRequiredService<HostAddress>().TrackOf(number)));
        (await TimelineAsync(number, "message")).ShouldContain(line => line.Contains("r**", StringComparison.Ordinal) && line.Contains("*@example.com", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("later", 2)]
    [InlineData("hangs", 2)]
    [InlineData("drops", 2)]
    [InlineData("farewell", 1)]
    public async Task Mail_ToAServerInTrouble_ArrivesOnce(string trouble, int attempts)
    {
        var number = await ReceivedAsync($"{trouble}-{_name}@example.com");

        await Eventually.BecomesAsync(() => ScalarAsync<string>("select state from tongban.partner_calls where case_number = @number and operation = 'sendMail'", number), state => state == "done");

        fixture.Server.For($"{trouble}-{_name}@example.com").Count.ShouldBe(1);
        (await ScalarAsync<int>("select attempts from tongban.partner_calls where case_number = @number and operation = 'sendMail'", number)).ShouldBe(attempts);
    }

    [Fact]
    public async Task Mail_ToARefusedRecipient_IsABounceOnTheTimelineAndAnIncident()
    {
        var number = await ReceivedAsync($"refused-{_name}@example.com");

        var lines = await Eventually.BecomesAsync(() => TimelineAsync(number, "incident"), seen => seen.Count > 0);

        lines.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            line => line.ShouldContain("退回"), line => line.ShouldContain("No such mailbox here"), line => line.ShouldNotContain(_name));
        (await ScalarAsync<string>("select detail from tongban.incidents where case_number = @number and state = 'open'", number)).ShouldStartWith("SMTP 550");
        fixture.Server.For($"refused-{_name}@example.com").ShouldBeEmpty();
    }

    [Fact]
    public async Task RequireTls_ServerThatCannotProveWhoItIs_IsSentNothing()
    {
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        var strict = Options.Create(new SmtpOptions { Host = "127.0.0.1", Port = await fixture.Server.PortAsync(), RequireTls = true });
        var sender = ActivatorUtilities.CreateInstance<MailSender>(scope.ServiceProvider, strict);
        using var message = new MimeMessage([], [MailboxAddress.Parse($"strict-{_name}@example.com")], "示例", new TextPart("plain") { Text = "示例" });

        (await sender.SendAsync(Guid.NewGuid(), message, CancellationToken.None)).ShouldBeOfType<PartnerAnswer.Unreachable>();

        fixture.Server.For($"strict-{_name}@example.com").ShouldBeEmpty();
    }

    [Fact]
    public async Task Materials_ByMail_AreAnArchiveWhosePasswordGoesByPhone()
    {
        var number = await _counter.AcceptedAsync();
        var address = $"authority-{_name}@example.com";

        await Eventually.BecomesAsync(() => FollowAsync(number, address), state => state == PartnerCallState.Done);

        using var message = Parsed(await ArrivesAsync(address, $"办件{number}申请材料"));
        var password = (await ScalarAsync<string>("select text from sandbox.messages where kind = 'sms' and text like '%' || @number || '%密码：%'", number)).Split('：')[^1];
        message.TextBody.ShouldNotBeNull().ShouldNotContain(password);
        using var archive = ArchiveOf(message, password);
        archive.Cast<ZipEntry>().ShouldAllBe(entry => entry.AESKeySize == 256);
        (await ReadAsync(archive, EncryptedArchive.Contents)).ShouldContain("M01.pdf");
        (await ReadAsync(archive, "01.pdf")).ShouldStartWith("%PDF-");
        using var wrong = ArchiveOf(message, password + "x");
        Should.Throw<ZipException>(() => wrong.GetInputStream(wrong.GetEntry("01.pdf")));
    }

    private async Task<string> SupplementingAsync(string email)
    {
        var number = await ReceivedAsync(email);
        (await _counter.CompleteAsync("clerk.city", number, "accept", "NeedsSupplement", new { missing = new[] { "M01", "写清经营范围 <一>" } })).ShouldBe("supplementing");
        return number;
    }

    /// <summary>A case whose applicant is sent one mail, the receipt.</summary>
    private async Task<string> ReceivedAsync(string email)
    {
        var application = Counter.Application();
        application["applicant"] = new { type = "person", name = "示例申请人", idNumber = "11010519491231002X", phone = "13800000000", email };
        var number = await _counter.OpenAsync(application);
        await _counter.UploadAllAsync(number);
        await _counter.CompleteAsync("clerk.city", number, "collect-materials", "Complete");
        return number;
    }

    private async Task<TakenMail> ArrivesAsync(string address, string subject) =>
        (await Eventually.BecomesAsync(() => Task.FromResult(fixture.Server.For(address).Where(mail => SubjectOf(mail) == subject).ToList()), mails => mails.Count > 0)).ShouldHaveSingleItem();

    private static string? SubjectOf(TakenMail mail)
    {
        using var message = Parsed(mail);
        return message.Subject;
    }

    /// <summary>One look of the step that sends them.</summary>
    private async Task<PartnerCallState> FollowAsync(string number, string address)
    {
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        var @case = await scope.ServiceProvider.GetRequiredService<CaseStore>().GetAsync(number);
        return await scope.ServiceProvider.GetRequiredService<MaterialsMail>().FollowAsync(@case, address, "13900000000", _name);
    }

    private static MimeMessage Parsed(TakenMail mail)
    {
        using var raw = new MemoryStream(mail.Raw);
        return MimeMessage.Load(raw);
    }

    private static ZipFile ArchiveOf(MimeMessage message, string password)
    {
        var content = new MemoryStream();
        ((MimePart)message.Attachments.ShouldHaveSingleItem()).Content!.DecodeTo(content);
        return new ZipFile(content) { Password = password };
    }

    private static async Task<string> ReadAsync(ZipFile archive, string name)
    {
        using var reader = new StreamReader(archive.GetInputStream(archive.GetEntry(name)));
        return await reader.ReadToEndAsync();
    }

    private static byte[] PictureOf(MimeMessage message)
    {
        using var content = new MemoryStream();
        message.BodyParts.OfType<MimePart>().Single(part => part.ContentId == MailLetter.QrCode).Content!.DecodeTo(content);
        return content.ToArray();
    }

    private static byte[] CodeOf(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        using var picture = new PngByteQRCode(code);
        return picture.GetGraphic(5);
    }

    private async Task<IReadOnlyList<string>> TimelineAsync(string number, string kind)
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        return (await connection.QueryAsync<string>("select concat_ws('：', what, why) from tongban.timeline where case_number = @number and kind = @kind", new { number, kind })).AsList();
    }

    private async Task<T> ScalarAsync<T>(string sql, string number)
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, new { number }))!;
    }
}
