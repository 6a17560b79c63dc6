using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Domain.Cases;
using TongBan.Domain.Notifications;
using TongBan.Host.Jobs;
using TongBan.Host.Tests.Cases;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using Xunit;

namespace TongBan.Host.Tests.Partners;

/// <summary>What an authority's own system says of a case, early, late, twice, out of order, or not at all.</summary>
public sealed class ApprovalStoryTests(PatientPartnersFixture fixture) : IClassFixture<PatientPartnersFixture>
{
    private readonly Wired _wired = new(fixture);

    [Fact]
    public async Task Push_WhoseAnswerNeverArrived_IsOneCaseThatGoesOn()
    {
        _wired.TakeOrders();
        fixture.Server.Given(Request.Create().WithPath("/approval/cases").UsingPost()).AtPriority(-1).RespondWith(Response.Create().WithCallback(request =>
        {
            // The system has the case, says so by itself, and only then answers: with something that is no answer.
            var number = JsonSerializer.Deserialize<JsonElement>(request.Body!).GetProperty("caseNumber").GetString()!;
            _wired.HearAsync(number, "acknowledged", 1, messageId: number + "/1").GetAwaiter().GetResult();
            return new WireMock.ResponseMessage { StatusCode = fixture.Server.LogEntries.Any(entry => entry.RequestMessage!.Path == "/approval/cases") ? 202 : 503 };
        }));

        var number = await _wired.PushedAsync();

        await Eventually.BecomesAsync(() => _wired.Counter.StateAsync(number), state => state == "reviewing");
        _wired.Seen("/approval/cases").ShouldBe((2, 1));
    }

    [Fact]
    public async Task Messages_OutOfOrderAndTwice_LeadToOneDecision()
    {
        _wired.TakeOrders();
        var number = await _wired.PushedAsync();

        await _wired.HearAsync(number, "decided", 4, Wired.Approval("照-1"), number + "/4");
        await _wired.HearAsync(number, "decided", 4, Wired.Approval("照-1"), number + "/4");
        await _wired.HearAsync(number, "acknowledged", 1, messageId: number + "/1");
        await Eventually.BecomesAsync(() => _wired.Counter.StateAsync(number), state => state == "decided");
        await _wired.HearAsync(number, "decided", 5, Wired.Approval("照-2"), number + "/5");
        await Eventually.BecomesAsync(() => IncidentsAsync(number), open => open == 1);

        var decision = (await _wired.Counter.CaseAsync(number)).GetProperty("decision");
        decision.GetProperty("documentNumber").GetString().ShouldBe("照-1");
        (await _wired.ScalarAsync<int>("select count(*) from tongban.decisions where case_number = @number", number)).ShouldBe(1);
    }

    [Fact]
    public async Task Decision_WithAFileOfAMisleadingName_KeepsItUnderAnHonestOne()
    {
        _wired.TakeOrders();
        var number = await _wired.PushedAsync();
        var file = new { name = "../../证照.exe", mediaType = "application/x-msdownload", base64 = Convert.ToBase64String(Counter.Pdf) };

        await _wired.HearAsync(number, "acknowledged", 1);
        await _wired.HearAsync(number, "decided", 2, new { result = "approved", documentNumber = "照-" + number, files = new[] { file } });

        await Eventually.BecomesAsync(() => _wired.Counter.StateAsync(number), state => state == "decided");
        var kept = (await _wired.Counter.CaseAsync(number)).GetProperty("decision").GetProperty("files").EnumerateArray().ShouldHaveSingleItem();
        (kept.GetProperty("fileName").GetString(), kept.GetProperty("mediaType").GetString()).ShouldBe(("证照.exe.pdf", "application/pdf"));
    }

    [Fact]
    public async Task Procedure_EndedBeforeItBegan_EndsAfterItBegan()
    {
        _wired.TakeOrders();
        var number = await _wired.PushedAsync();
        await _wired.HearAsync(number, "acknowledged", 1);
        await Eventually.BecomesAsync(() => _wired.Counter.StateAsync(number), state => state == "reviewing");

        await _wired.HearAsync(number, "specialProcedureEnded", 3);
        await _wired.HearAsync(number, "specialProcedureStarted", 2);
        await Eventually.BecomesAsync(() => _wired.ScalarAsync<int>("select count(*) from tongban.approval_messages where case_number = @number and taken_by is not null", number), taken => taken == 3);

        (await _wired.Counter.StateAsync(number)).ShouldBe("reviewing");
        await _wired.HearAsync(number, "decided", 4, Wired.Approval("照-3"));
        await Eventually.BecomesAsync(() => _wired.Counter.StateAsync(number), state => state == "decided");
    }

    [Fact]
    public async Task Procedure_HeardOfAfterTheDecision_IsNotedAndDisturbsNobody()
    {
        _wired.TakeOrders();
        var number = await _wired.PushedAsync();
        await _wired.HearAsync(number, "acknowledged", 1);
        await Eventually.BecomesAsync(() => _wired.Counter.StateAsync(number), state => state == "reviewing");

        // The end comes first and waits for its beginning, which comes last.
        await _wired.HearAsync(number, "specialProcedureEnded", 3, messageId: number + "/3");
        await Eventually.BecomesAsync(() => _wired.ScalarAsync<int>("select count(*) from tongban.approval_messages where case_number = @number", number), heard => heard == 2);
        await _wired.HearAsync(number, "decided", 4, Wired.Approval("照-5"));
        await Eventually.BecomesAsync(() => _wired.Counter.StateAsync(number), state => state == "decided");
        await _wired.HearAsync(number, "specialProcedureStarted", 2);
        await _wired.HearAsync(number, "specialProcedureEnded", 3, messageId: number + "/3");
        await Eventually.BecomesAsync(() => _wired.ScalarAsync<int>("select count(*) from tongban.partner_messages where body->>'caseNumber' = @number and applied_at is not null", number), applied => applied == 4);

        (await IncidentsAsync(number)).ShouldBe(0);
        (await _wired.ScalarAsync<int>("select count(*) from tongban.timeline where case_number = @number and (what like '决定作出后才收到%' or what like '决定作出前的1条消息%')", number)).ShouldBe(2);
        (await _wired.ScalarAsync<int>("select count(*) from tongban.approval_messages where case_number = @number and taken_by is null", number)).ShouldBe(0);
        (await _wired.Counter.StateAsync(number)).ShouldBe("decided");
    }

    [Fact]
    public async Task Extension_OfTheAuthoritysSystem_IsToldToTheApplicantOnce()
    {
        _wired.TakeOrders();
        var number = await _wired.PushedAsync();
        await _wired.HearAsync(number, "acknowledged", 1);
        await Eventually.BecomesAsync(() => _wired.Counter.StateAsync(number), state => state == "reviewing");
        var before = await DueAsync(number);

        await _wired.HearAsync(number, "extended", 2, messageId: number + "/x");
        await Eventually.BecomesAsync(() => DueAsync(number), due => due > before);
        await _wired.HearAsync(number, "extended", 2, messageId: number + "/x");
        await _wired.HearAsync(number, "extended", 3, messageId: number + "/y");
        await Eventually.BecomesAsync(() => IncidentsAsync(number), open => open == 1);

        (await _wired.ScalarAsync<int>("select count(*) from tongban.partner_calls where case_number = @number and step like 'extended:%'", number)).ShouldBe(1);
        (await _wired.ScalarAsync<int>("select count(*) from tongban.approval_messages where case_number = @number and kind = 'extended'", number)).ShouldBe(1);
    }

    [Fact]
    public async Task System_ThatIsSilent_IsAskedAndHeard()
    {
        _wired.TakeOrders();
        var number = await _wired.PushedAsync();
        fixture.Server.Given(Request.Create().WithPath("/approval/cases/" + number).UsingGet()).RespondWith(Response.Create().WithStatusCode(200).WithBody(JsonSerializer.Serialize(
            new
            {
                messages = new object[]
                {
                    new { messageId = number + "/1", caseNumber = number, kind = "acknowledged", at = "2026-11-22T10:00:00+08:00" },
                    new { messageId = number + "/2", caseNumber = number, kind = "decided", at = "2026-11-22T10:01:00+08:00", decision = Wired.Approval("照-4") },
                },
            },
            JsonSerializerOptions.Web)));

        fixture.Time.Pass(TimeSpan.FromMinutes(31));
        await PollAsync();

        // Who signed in before the clock was moved has to do so again.
        await Eventually.BecomesAsync(() => new Wired(fixture).Counter.StateAsync(number), state => state == "decided");
        // The call-backs that come after all say nothing new.
        await _wired.HearAsync(number, "acknowledged", 1, messageId: number + "/1");
        (await IncidentsAsync(number)).ShouldBe(0);
    }

    [Fact]
    public async Task Messages_BeyondThreeInAnHour_Wait()
    {
        const string Phone = "13700000000";
        _wired.TakeOrders();
        var application = Cases.Counter.Application();
        application["applicant"] = new { type = "person", name = "示例申请人", idNumber = "11010519491231002X", phone = Phone };
        var number = await _wired.Counter.OpenAsync(application);
        await using (var scope = fixture.Host.Services.CreateAsyncScope())
        {
            var @case = await scope.ServiceProvider.GetRequiredService<CaseStore>().GetAsync(number);
            for (var message = 1; message <= 5; message++)
                await scope.ServiceProvider.GetRequiredService<Messenger>().SendAsync(@case, NotifyChannel.Sms, MessageTopic.Progress, $"示例{message}", $"{number}/{message}");
        }

        await Eventually.BecomesAsync(() => _wired.ScalarAsync<int>("select count(*) from tongban.partner_calls where case_number = @number and (state = 'done' or next_attempt_at > created_at + interval '5 minutes')", number), settled => settled == 5);
        (await SentAsync(number)).ShouldBe(3);

        fixture.Time.Pass(TimeSpan.FromMinutes(61));
        await Eventually.BecomesAsync(() => SentAsync(number), sent => sent == 5);
        fixture.Server.LogEntries.Count(entry => entry.RequestMessage!.Path == "/sms/messages" && entry.RequestMessage.Body!.Contains(Phone, StringComparison.Ordinal)).ShouldBe(5);
    }

    private Task<int> SentAsync(string number) => _wired.ScalarAsync<int>("select count(*) from tongban.partner_calls where case_number = @number and state = 'done'", number);

    private Task<int> IncidentsAsync(string number) => _wired.ScalarAsync<int>("select count(*) from tongban.incidents where case_number = @number and state = 'open'", number);

    private Task<DateTime> DueAsync(string number) => _wired.ScalarAsync<DateTime>("select due_on::timestamp from tongban.limit_clocks where case_number = @number and kind = 'promised'", number);

    private async Task PollAsync()
    {
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PollJob>().RunAsync(CancellationToken.None);
    }
}
