using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using TongBan.Host.Mail;
using TongBan.Host.Mail.Bounces;
using TongBan.Host.Tests.Cases;
using TongBan.Testing.Pop3;
using Xunit;

namespace TongBan.Host.Tests.Mail.Bounces;

/// <summary>Mails that come back after the server took them, read from a mailbox over POP3.</summary>
public sealed class BounceTests(BouncesFixture fixture) : IClassFixture<BouncesFixture>
{
    private readonly Counter _counter = new(fixture);

    private readonly string _reader = $"reader-{Guid.NewGuid():N}@example.com";

    [Fact]
    public void Mailbox_OfTheSettings_IsReadEveryMinute() => fixture.Schedule.ShouldBe("* * * * *");

    [Theory]
    [InlineData("postfix")]
    [InlineData("exchange")]
    [InlineData("bare")]
    [InlineData("answer")]
    public async Task Mail_ThatComesBack_IsShownAsOneThatWasRefusedAtOnce(string shape)
    {
        var (number, call) = await SentAsync();
        fixture.Server.For(_reader).ShouldHaveSingleItem().EnvelopeId.ShouldBe(MailId.Of(call));
        var uid = fixture.Mailbox.Deliver(Reports.Of(shape, MailId.Of(call), _reader));

        await fixture.ReadAsync();

        (await LinesAsync(number)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            line => line.ShouldContain("退回，等待人工处理"), line => line.ShouldContain("收件邮箱不存在（5.1.1）"), line => line.ShouldNotContain(_reader));
        (await ScalarAsync<string>("select state || ' ' || last_error from tongban.partner_calls where id = @call", new { call })).ShouldStartWith("failed SMTP 5.1.1");
        var incident = (await OpenAsync(number)).ShouldHaveSingleItem();
        incident.GetProperty("detail").GetString()!.ShouldNotContain(_reader);
        fixture.Mailbox.Has(uid).ShouldBeFalse();
    }

    [Fact]
    public async Task Report_ThatComesTwice_IsOneBounceEvenAfterTheMailWasSentAgain()
    {
        var (number, call) = await SentAsync();
        var report = Reports.Of("postfix", MailId.Of(call), _reader);
        string[] twice = [fixture.Mailbox.Deliver(report), fixture.Mailbox.Deliver(report)];
        await fixture.ReadAsync();
        (await LinesAsync(number)).Count.ShouldBe(1);

        var incident = (await OpenAsync(number)).ShouldHaveSingleItem().GetProperty("id").GetString();
        using (var retried = await (await _counter.AsAsync("supervisor")).PostAsJsonAsync($"/api/incidents/{incident}/retry", new { reason = "已与申请人核对邮箱" }))
            retried.StatusCode.ShouldBe(HttpStatusCode.OK, await retried.Content.ReadAsStringAsync());
        await DoneAsync(call);
        var late = fixture.Mailbox.Deliver(report);
        await fixture.ReadAsync();

        fixture.Server.For(_reader).Count.ShouldBe(2);
        (await OpenAsync(number)).ShouldBeEmpty();
        twice.Append(late).ShouldAllBe(uid => !fixture.Mailbox.Has(uid));

        // The second sending may come back too, which is news.
        fixture.Mailbox.Deliver(Reports.Of("postfix", MailId.Of(call), _reader));
        await fixture.ReadAsync();
        (await OpenAsync(number)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Mail_ThatIsOnlyLate_IsNoBounce()
    {
        var (number, call) = await SentAsync();
        var uid = fixture.Mailbox.Deliver(Reports.Of("postfix", MailId.Of(call), _reader, "delayed", "4.4.1"));

        await fixture.ReadAsync();

        (await LinesAsync(number)).ShouldBeEmpty();
        (await ScalarAsync<string>("select state from tongban.partner_calls where id = @call", new { call })).ShouldBe("done");
        fixture.Mailbox.Has(uid).ShouldBeFalse();
    }

    [Fact]
    public async Task WhatIsNoReportAboutOurMails_StaysForPeopleAndIsReadOnce()
    {
        var (number, call) = await SentAsync();
        var message = await ScalarAsync<Guid>("select id from tongban.partner_calls where case_number = @number and operation = 'sendSms'", new { number });
        string[] foreign =
        [
            .. new[] { "", "\0\u0001\u0002", "no headers here", "Subject: 请问\r\n\r\n我的办件何时办结？", $"In-Reply-To: <{MailId.Of(call)}>\r\n\r\n收到，谢谢。" }.Select(text => fixture.Mailbox.Deliver(Encoding.UTF8.GetBytes(text))),
            fixture.Mailbox.Deliver(Reports.Of("postfix", MailId.Of(Guid.CreateVersion7()), _reader)),
            fixture.Mailbox.Deliver(Reports.Of("postfix", MailId.Of(message), _reader)),
            fixture.Mailbox.Deliver(Reports.Of("bare", $"{call}@elsewhere.example", _reader)),
        ];
        var ours = fixture.Mailbox.Deliver(Reports.Of("bare", MailId.Of(call), _reader));

        await fixture.ReadAsync();
        await fixture.ReadAsync();

        foreign.ShouldAllBe(uid => fixture.Mailbox.Has(uid) && fixture.Mailbox.FetchedOf(uid) == 1);
        fixture.Mailbox.Has(ours).ShouldBeFalse();
        (await LinesAsync(number)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Mailbox_ThatHangsUpBeforeItDeletes_IsClearedByTheNextRun()
    {
        var (number, call) = await SentAsync();
        var uid = fixture.Mailbox.Deliver(Reports.Of("exchange", MailId.Of(call), _reader));
        fixture.Mailbox.DropsFarewells = true;
        await fixture.ReadAsync();
        fixture.Mailbox.DropsFarewells = false;
        fixture.Mailbox.Has(uid).ShouldBeTrue();

        await fixture.ReadAsync();

        fixture.Mailbox.Has(uid).ShouldBeFalse();
        fixture.Mailbox.FetchedOf(uid).ShouldBe(1);
        (await LinesAsync(number)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Mail_WhoseSendingIsNotWrittenDownYet_IsABounceAfterIt()
    {
        var (number, call) = await SentAsync();
        await ScalarAsync<int>("update tongban.partner_calls set state = 'pending', next_attempt_at = 'infinity' where id = @call", new { call });
        var uid = fixture.Mailbox.Deliver(Reports.Of("postfix", MailId.Of(call), _reader));
        await fixture.ReadAsync();
        fixture.Mailbox.Has(uid).ShouldBeTrue();
        await ScalarAsync<int>("update tongban.partner_calls set state = 'done' where id = @call", new { call });

        await fixture.ReadAsync();

        fixture.Mailbox.Has(uid).ShouldBeFalse();
        (await LinesAsync(number)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Mailbox_ThatIsSilent_IsShownToAdministratorsUntilItAnswers()
    {
        // Ends the failures in a row that another test may have left.
        await fixture.ReadAsync();
        fixture.Mailbox.IsSilent = true;
        await fixture.ReadAsync();
        fixture.Mailbox.IsSilent = false;
        var silent = await MailboxAsync();

        await fixture.ReadAsync();

        silent.GetProperty("failuresInRow").GetInt32().ShouldBe(1);
        silent.GetProperty("lastFailure").GetString().ShouldBe("The mailbox was silent for 5 s");
        (await MailboxAsync()).GetProperty("failuresInRow").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Mailbox_OfAServerThatCannotProveWhoItIs_IsNotToldThePassword()
    {
        await using var stranger = new Pop3Server(tls: true);
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        var settings = Options.Create(new BounceOptions { Host = "127.0.0.1", Port = stranger.Port, UserName = Pop3Server.UserName, Password = Pop3Server.Password });

        await ActivatorUtilities.CreateInstance<BounceJob>(scope.ServiceProvider, settings).RunAsync(CancellationToken.None);

        stranger.Visits.ShouldBe(0);
    }

    /// <summary>A case whose applicant was sent the receipt by mail.</summary>
    private async Task<(string Number, Guid Call)> SentAsync()
    {
        var application = Counter.Application();
        application["applicant"] = new { type = "person", name = "示例申请人", idNumber = "11010519491231002X", phone = "13800000000", email = _reader };
        var number = await _counter.OpenAsync(application);
        await _counter.UploadAllAsync(number);
        await _counter.CompleteAsync("clerk.city", number, "collect-materials", "Complete");
        var call = await Eventually.BecomesAsync(
            () => ScalarAsync<Guid>("select id from tongban.partner_calls where case_number = @number and operation = 'sendMail'", new { number }), id => id != Guid.Empty);
        await DoneAsync(call);
        return (number, call);
    }

    private Task<string> DoneAsync(Guid call) =>
        Eventually.BecomesAsync(() => ScalarAsync<string>("select state from tongban.partner_calls where id = @call", new { call }), state => state == "done");

    private async Task<IReadOnlyList<JsonElement>> OpenAsync(string number) =>
        [.. (await (await _counter.AsAsync("supervisor")).GetFromJsonAsync<JsonElement>("/api/incidents?source=call&pageSize=200")).GetProperty("items").EnumerateArray()
            .Where(incident => incident.GetProperty("caseNumber").GetString() == number)];

    private async Task<JsonElement> MailboxAsync() =>
        (await (await _counter.AsAsync("admin")).GetFromJsonAsync<JsonElement>("/api/partners")).EnumerateArray().Single(partner => partner.GetProperty("code").GetString() == "bounces");

    private async Task<IReadOnlyList<string>> LinesAsync(string number)
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        return (await connection.QueryAsync<string>(
            "select concat_ws('：', what, why) from tongban.timeline where case_number = @number and kind = 'incident' and what like '%退回%' and what not like '重试%'", new { number })).AsList();
    }

    private async Task<T> ScalarAsync<T>(string sql, object parameters)
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, parameters))!;
    }
}
