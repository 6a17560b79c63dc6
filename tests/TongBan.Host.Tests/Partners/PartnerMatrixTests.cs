using System.Net;
using System.Net.Http.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Domain.Partners;
using TongBan.Host.Tests.Cases;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using Xunit;

namespace TongBan.Host.Tests.Partners;

/// <summary>What each partner can do to a call: in the end the answer is there once, or a person sees an incident.</summary>
public sealed class PartnerMatrixTests(PartnersFixture fixture) : IClassFixture<PartnersFixture>
{
    private const int Huge = 10 * 1024 * 1024;

    private readonly Counter _counter = new(fixture);

    public static TheoryData<string, string> Matrix
    {
        get
        {
            var matrix = new TheoryData<string, string>();
            foreach (var partner in (string[])["courier", "approval", "sms"])
            {
                foreach (var trouble in (string[])["none", "429", "500", "garbage", "huge"])
                    matrix.Add(partner, trouble);
            }

            return matrix;
        }
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Call_AnsweredAfterTrouble_IsMadeUnderOneKeyAndDone(string partner, string trouble)
    {
        Answer(partner, trouble == "none" ? [Good(partner)] : [Trouble(trouble), Good(partner)]);

        var call = await ExpectAsync(partner);
        await BecomesAsync(call, "done");

        var requests = fixture.Server.LogEntries.Select(entry => entry.RequestMessage!).ToList();
        requests.Count.ShouldBe(trouble is "none" || (trouble is "huge" && partner == "approval") ? 1 : 2);
        requests.Select(request => request.Headers!["Idempotency-Key"].Single()).Distinct(StringComparer.Ordinal).ShouldBe([call.ToString()]);
        requests.ShouldAllBe(request => request.Headers!["X-Signature"].Single().Length == 64);
        requests.Select(request => request.Headers!["X-Nonce"].Single()).Distinct(StringComparer.Ordinal).Count().ShouldBe(requests.Count);
    }

    [Fact]
    public async Task Call_AskedToWait_IsNotMadeBefore()
    {
        Answer("courier", [Response.Create().WithStatusCode(429).WithHeader("Retry-After", "2"), Good("courier")]);

        var call = await ExpectAsync("courier");
        await BecomesAsync(call, "done");

        (await ScalarAsync<bool>("select finished_at - created_at >= interval '2 seconds' from tongban.partner_calls where id = @call", call)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("courier")]
    [InlineData("approval")]
    [InlineData("sms")]
    public async Task Call_FailingTenTimes_IsAnIncidentTwiceAndDoneWhenRetried(string partner)
    {
        Answer(partner, [.. Enumerable.Repeat(Response.Create().WithStatusCode(500), 10), Good(partner)]);

        var call = await ExpectAsync(partner);
        for (var round = 0; round < 2; round++)
        {
            await BecomesAsync(call, "failed");
            (await RetryAsync(call)).ShouldBe(HttpStatusCode.OK);
        }

        await BecomesAsync(call, "done");
        fixture.Server.LogEntries.Count.ShouldBe(11);
        fixture.Server.LogEntries.Select(entry => entry.RequestMessage!.Headers!["Idempotency-Key"].Single()).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }

    [Fact]
    public async Task Call_Refused_IsAnIncidentWithThePartnersWords()
    {
        Answer("courier", [Response.Create().WithStatusCode(422).WithBody("收件地址超出服务范围")]);

        var call = await ExpectAsync("courier");
        await BecomesAsync(call, "failed");

        (await ScalarAsync<string>("select detail from tongban.incidents where reference = @call::text", call)).ShouldContain("收件地址超出服务范围");
    }

    [Fact]
    public async Task Partner_Paused_IsCalledWhenItIsLetGo()
    {
        Answer("sms", [Good("sms")]);
        var admin = await _counter.AsAsync("admin");
        (await admin.PostAsJsonAsync("/api/partners/sms/sms/pause", new { reason = "网关检修" })).EnsureSuccessStatusCode();
        var held = await ExpectAsync("sms");
        Answer("courier", [Good("courier")], reset: false);
        await BecomesAsync(await ExpectAsync("courier"), "done");
        (await ScalarAsync<string>("select state from tongban.partner_calls where id = @call", held)).ShouldBe("pending");

        (await admin.PostAsJsonAsync("/api/partners/sms/sms/resume", new { })).EnsureSuccessStatusCode();

        await BecomesAsync(held, "done");
    }

    private static IResponseBuilder Good(string partner) => partner switch
    {
        "courier" => Response.Create().WithStatusCode(201).WithBody($$"""{ "orderNo": "{{Guid.NewGuid()}}", "waybill": "{{Guid.NewGuid()}}" }"""),
        "approval" => Response.Create().WithStatusCode(202),
        _ => Response.Create().WithStatusCode(201).WithBody("{}"),
    };

    private static IResponseBuilder Trouble(string trouble) => trouble switch
    {
        "garbage" => Response.Create().WithStatusCode(201).WithBody("<html>"),
        "huge" => Response.Create().WithStatusCode(201).WithBody($"{{ \"padding\": \"{new string('x', Huge)}\" }}"),
        var status => Response.Create().WithStatusCode(int.Parse(status, provider: null)),
    };

    private void Answer(string partner, IReadOnlyList<IResponseBuilder> answers, bool reset = true)
    {
        if (reset)
        {
            fixture.Server.Reset();
            fixture.Server.ResetScenarios();
        }

        // Each mapping answers once, the last one ever after; those that were added later come first.
        foreach (var (index, answer) in answers.Index())
        {
            var mapping = fixture.Server.Given(Request.Create().WithPath($"/{partner}/*").UsingPost()).AtPriority(index + 1);
            (index == answers.Count - 1 ? mapping : mapping.InScenario(Guid.NewGuid().ToString()).WillSetStateTo("answered")).RespondWith(answer);
        }
    }

    public static TheoryData<string, string> Wires
    {
        get
        {
            var wires = new TheoryData<string, string>();
            foreach (var partner in (string[])["courier", "approval", "sms"])
            {
                foreach (var trouble in Enum.GetNames<WireTrouble>().Where(name => name != nameof(WireTrouble.None)))
                    wires.Add(partner, trouble);
            }

            return wires;
        }
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Call_OverAWireInTrouble_IsMadeUnderOneKeyAndDone(string partner, string trouble)
    {
        Answer(partner, [Good(partner)]);
        var made = Enum.Parse<WireTrouble>(trouble);
        fixture.Wire.Make(made);

        var call = await ExpectAsync(partner);
        await BecomesAsync(call, "done");

        // What arrived although its answer did not is asked for again; the key says that it is the same.
        var requests = fixture.Server.LogEntries.Select(entry => entry.RequestMessage!).ToList();
        requests.Count.ShouldBe(made is WireTrouble.AnswerHeldBack or WireTrouble.AnswerReset ? 2 : 1);
        requests.Select(request => request.Headers!["Idempotency-Key"].Single()).Distinct(StringComparer.Ordinal).ShouldBe([call.ToString()]);
    }

    private async Task<Guid> ExpectAsync(string partner)
    {
        var number = await _counter.OpenAsync();
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<Outbox>();
        var (kind, code, operation, payload) = partner switch
        {
            "courier" => (PartnerKind.Courier, "unified", "createOrder", (object)new { reference = number }),
            "approval" => (PartnerKind.Approval, "441303-SCJG", "pushCase", new { caseNumber = number }),
            _ => (PartnerKind.Sms, "sms", "sendSms", new { to = "13800000000", subject = "示例", text = "示例" }),
        };
        return (await outbox.ExpectAsync(kind, code, operation, number, Guid.NewGuid().ToString(), payload)).Id;
    }

    private Task BecomesAsync(Guid call, string state) =>
        Eventually.BecomesAsync(() => ScalarAsync<string>("select concat_ws(': ', state, last_error) from tongban.partner_calls where id = @call", call), seen => seen.StartsWith(state, StringComparison.Ordinal));

    private async Task<HttpStatusCode> RetryAsync(Guid call)
    {
        var incident = await Eventually.BecomesAsync(() => ScalarAsync<Guid?>("select id from tongban.incidents where reference = @call::text and state = 'open'", call), found => found is not null);
        using var response = await (await _counter.AsAsync("admin")).PostAsJsonAsync($"/api/incidents/{incident}/retry", new { reason = "合作方已恢复" });
        return response.StatusCode;
    }

    private async Task<T> ScalarAsync<T>(string sql, Guid call)
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql, new { call }))!;
    }
}
