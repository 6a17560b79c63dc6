using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Host.Jobs;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using Xunit;

namespace TongBan.Host.Tests.Partners;

/// <summary>What becomes of a result's parcel, whatever the courier says and when.</summary>
public sealed class ParcelStoryTests(PatientPartnersFixture fixture) : IClassFixture<PatientPartnersFixture>
{
    private readonly Wired _wired = new(fixture);

    private readonly string _waybill = Guid.NewGuid().ToString("N");

    private string Second => _waybill + "-2";

    [Fact]
    public async Task Order_WhoseFirstAnswerNeverArrived_IsOneParcel()
    {
        _wired.TakeOrders();
        fixture.Server.Given(Request.Create().WithPath("/courier/orders").UsingPost())
            .RespondWith(Response.Create().WithStatusCode(201).WithBody($$"""{ "orderNo": "O-{{_waybill}}", "waybill": "{{_waybill}}" }"""));
        var number = await _wired.DecidedAsync();
        // Messages to the applicant go over the same wire; they have all gone by now.
        await QuietAsync(number);
        fixture.Wire.Make(WireTrouble.AnswerHeldBack);

        await DispatchAsync(number);
        await OrderedAsync(number, _waybill);
        await _wired.TrackAsync(_waybill, "signed");
        await _wired.Counter.EndsAsync(number);

        _wired.Seen("/courier/orders").ShouldBe((2, 1));
        (await _wired.ScalarAsync<int>("select count(*) from tongban.shipments where case_number = @number", number)).ShouldBe(1);
    }

    [Fact]
    public async Task Signature_BeforeTheOrdersOwnAnswer_CountsOnceTheAnswerIsThere()
    {
        _wired.TakeOrders();
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Server.Given(Request.Create().WithPath("/courier/orders").UsingPost()).RespondWith(Response.Create().WithCallback(async _ =>
        {
            await answer.Task;
            return new WireMock.ResponseMessage
            {
                StatusCode = 201,
                BodyData = new WireMock.Util.BodyData { DetectedBodyType = WireMock.Types.BodyType.String, BodyAsString = $$"""{ "orderNo": "O-{{_waybill}}", "waybill": "{{_waybill}}" }""" },
            };
        }));
        var number = await _wired.DecidedAsync();
        await DispatchAsync(number);

        await _wired.TrackAsync(_waybill, "signed");
        (await _wired.ScalarAsync<int>("select count(*) from tongban.partner_messages where body->>'waybill' = @number and applied_at is null", _waybill)).ShouldBe(1);
        answer.SetResult();

        await _wired.Counter.EndsAsync(number);
        (await _wired.ScalarAsync<int>("select count(*) from tongban.incidents where case_number = @number or case_number is null", number)).ShouldBe(0);
    }

    [Theory]
    [InlineData("returned")]
    [InlineData("lost")]
    public async Task Exception_Resent_IsASecondParcelThatArrives(string trouble)
    {
        _wired.TakeOrders(_waybill, Second);
        var number = await UnderWayAsync();
        await _wired.TrackAsync(_waybill, trouble);

        await _wired.Counter.CompleteAsync("logistics.city", number, "parcel-exception", "Resend");
        await DispatchAsync(number);
        await OrderedAsync(number, Second);
        await _wired.TrackAsync(Second, "signed");
        await _wired.Counter.EndsAsync(number);

        _wired.Seen("/courier/orders").ShouldBe((2, 2));
        (await PapersAsync(number)).ShouldContain(("result", "applicant"));
    }

    [Fact]
    public async Task Exception_GivenUp_IsPickedUpAtTheHall()
    {
        _wired.TakeOrders(_waybill);
        var number = await UnderWayAsync();
        await _wired.TrackAsync(_waybill, "refused");

        await _wired.Counter.CompleteAsync("logistics.city", number, "parcel-exception", "GiveUp", new { reason = "收件人拒收" });

        await Eventually.BecomesAsync(() => _wired.Counter.StateAsync(number), state => state == "awaitingPickup");
        (await PapersAsync(number)).ShouldBe([("result", "window")]);
    }

    [Fact]
    public async Task Exception_ThatArrivedAfterAll_IsDelivered()
    {
        _wired.TakeOrders(_waybill);
        var number = await UnderWayAsync();
        await _wired.TrackAsync(_waybill, "lost");

        await _wired.Counter.CompleteAsync("logistics.city", number, "parcel-exception", "Arrived", new { reason = "电话核实，本人已收到" });

        await _wired.Counter.EndsAsync(number);
        (await PapersAsync(number)).ShouldBe([("result", "applicant")]);
    }

    [Fact]
    public async Task Parcel_CalledOff_IsAnExceptionToChooseFrom()
    {
        _wired.TakeOrders(_waybill, Second);
        fixture.Server.Given(Request.Create().WithPath("/courier/orders/*/cancel").UsingPost()).RespondWith(Response.Create().WithStatusCode(200).WithBody("{}"));
        var number = await UnderWayAsync();

        (await CancelAsync(number)).ShouldBe(HttpStatusCode.OK);
        await _wired.Counter.CompleteAsync("logistics.city", number, "parcel-exception", "Resend");
        await DispatchAsync(number);

        await OrderedAsync(number, Second);
        _wired.Seen($"/courier/orders/O-{_waybill}/cancel").ShouldBe((1, 1));
    }

    [Fact]
    public async Task Parcel_CollectedMeanwhile_IsNotCalledOff()
    {
        _wired.TakeOrders(_waybill);
        fixture.Server.Given(Request.Create().WithPath("/courier/orders/*/cancel").UsingPost()).RespondWith(Response.Create().WithStatusCode(409).WithBody("已揽收"));
        var number = await UnderWayAsync();

        (await CancelAsync(number)).ShouldBe(HttpStatusCode.OK);
        var detail = await Eventually.BecomesAsync(() => _wired.ScalarAsync<string?>("select detail from tongban.incidents where case_number = @number and state = 'open'", number), found => found is not null);

        detail!.ShouldContain("已揽收");
        await _wired.TrackAsync(_waybill, "signed");
        await _wired.Counter.EndsAsync(number);
    }

    [Fact]
    public async Task Parcel_ThatIsSilent_IsAskedFor()
    {
        _wired.TakeOrders(_waybill);
        fixture.Server.Given(Request.Create().WithPath("/courier/orders/*").UsingGet()).RespondWith(Response.Create().WithStatusCode(200).WithBody("""{ "status": "signed", "signedBy": "本人" }"""));
        var number = await UnderWayAsync();

        await PollAsync();
        (await _wired.Counter.StateAsync(number)).ShouldBe("delivering");
        fixture.Time.Pass(TimeSpan.FromMinutes(31));
        await PollAsync();

        // Who signed in before the clock was moved has to do so again.
        var later = new Wired(fixture).Counter;
        await later.EndsAsync(number);
        (await later.CaseAsync(number)).GetProperty("shipments")[0].GetProperty("signedBy").GetString().ShouldBe("本人");
    }

    [Fact]
    public async Task Tracking_LateTwiceAndOutOfOrder_EndsOnce()
    {
        _wired.TakeOrders(_waybill);
        var number = await UnderWayAsync();

        await _wired.TrackAsync(_waybill, "signed", _waybill + "/4");
        await _wired.TrackAsync(_waybill, "signed", _waybill + "/4");
        await _wired.Counter.EndsAsync(number);
        await _wired.TrackAsync(_waybill, "collected", _waybill + "/1");
        await Eventually.BecomesAsync(() => _wired.ScalarAsync<int>("select count(*) from tongban.partner_messages where body->>'waybill' = @number and applied_at is null and aside_at is null", _waybill), left => left == 0);

        (await _wired.ScalarAsync<string>("select state from tongban.shipments where case_number = @number", number)).ShouldBe("signed");
        (await _wired.Counter.StateAsync(number)).ShouldBe("archived");
        (await _wired.ScalarAsync<int>("select count(*) from tongban.timeline where case_number = @number and what like '%已签收%'", number)).ShouldBe(1);
    }

    private async Task<string> UnderWayAsync()
    {
        var number = await _wired.DecidedAsync();
        await DispatchAsync(number);
        await OrderedAsync(number, _waybill);
        return number;
    }

    private Task<string> DispatchAsync(string number) => _wired.Counter.CompleteAsync("logistics.city", number, "dispatch", "Dispatched");

    private Task OrderedAsync(string number, string waybill) =>
        Eventually.BecomesAsync(() => _wired.ScalarAsync<string?>("select waybill from tongban.shipments where case_number = @number order by created_at desc limit 1", number), seen => seen == waybill);

    private Task QuietAsync(string number) =>
        Eventually.BecomesAsync(() => _wired.ScalarAsync<int>("select count(*) from tongban.partner_calls where case_number = @number and state = 'pending' and attempts > 0 and taken_until is not null", number), left => left == 0);

    private async Task<HttpStatusCode> CancelAsync(string number)
    {
        var id = await _wired.ScalarAsync<Guid>("select id from tongban.shipments where case_number = @number", number);
        using var response = await (await _wired.Counter.AsAsync("logistics.city")).PostAsJsonAsync($"/api/shipments/{id}/cancel", new { reason = "地址有误" });
        return response.StatusCode;
    }

    private async Task PollAsync()
    {
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PollJob>().RunAsync(CancellationToken.None);
    }

    private async Task<IReadOnlyList<(string?, string?)>> PapersAsync(string number)
    {
        var custody = await (await _wired.Counter.AsAsync("supervisor")).GetFromJsonAsync<JsonElement>($"/api/cases/{number}/custody");
        return [.. custody.GetProperty("papers").EnumerateArray().Select(paper => (paper.GetProperty("kind").GetString(), paper.GetProperty("holderKind").GetString()))];
    }
}
