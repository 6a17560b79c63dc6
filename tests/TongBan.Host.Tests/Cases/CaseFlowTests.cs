using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Shouldly;
using Xunit;

namespace TongBan.Host.Tests.Cases;

/// <summary>The ways a case can go, each from the counter to the archive.</summary>
public sealed class CaseFlowTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private readonly Counter _counter = new(fixture);

    [Fact]
    public async Task ModeTwo_SupplementedAtTheWindowAndAtTheAuthority_IsDecidedAndDeliveredByCourier()
    {
        var number = await _counter.OpenAsync();
        await _counter.UploadAllAsync(number);
        (await _counter.CompleteAsync("clerk.city", number, "collect-materials", "Complete")).ShouldBe("received");

        (await _counter.CompleteAsync("clerk.city", number, "accept", "NeedsSupplement", new { missing = new[] { "M01", "写清经营范围" } })).ShouldBe("supplementing");
        (await _counter.UploadAsync(number, "M01")).Dispose();
        (await _counter.CompleteAsync("clerk.city", number, "supplement", "Complete")).ShouldBe("received");
        (await _counter.CompleteAsync("clerk.city", number, "accept", "Accepted")).ShouldBe("forwarded");
        (await _counter.CompleteAsync("approver.boluo", number, "acknowledge", "Acknowledged")).ShouldBe("reviewing");

        (await _counter.CompleteAsync("approver.boluo", number, "decide", "NeedsSupplement", new { missing = new[] { "M02" } })).ShouldBe("supplementing");
        (await _counter.UploadAsync(number, "M02")).Dispose();
        (await _counter.CompleteAsync("clerk.city", number, "supplement", "Complete")).ShouldBe("reviewing");
        (await _counter.CompleteAsync("approver.boluo", number, "decide", "Approved", new { documentNumber = "照-" + number })).ShouldBe("decided");

        (await _counter.CompleteAsync("logistics.city", number, "dispatch", "Dispatched")).ShouldBe("delivering");
        await _counter.EndsAsync(number);
        var ended = await _counter.CaseAsync(number);
        ended.GetProperty("decision").GetProperty("result").GetString().ShouldBe("approved");
        ended.GetProperty("shipments")[0].GetProperty("state").GetString().ShouldBe("signed");
        ended.GetProperty("tasks").EnumerateArray().ShouldAllBe(t => t.GetProperty("state").GetString() != "open");
    }

    [Fact]
    public async Task ModeOne_AuthorityWithASystem_IsPostedPushedAndDecidedByCallBacks()
    {
        // 惠阳区's market regulation works with a system of its own; this item's originals travel by post.
        var number = await _counter.OpenAsync(Counter.Application("SCJG-013", "441303"));
        await _counter.UploadAllAsync(number);
        await _counter.CompleteAsync("clerk.city", number, "collect-materials", "Complete");
        await _counter.CompleteAsync("logistics.city", number, "post-materials", "Posted");
        await _counter.CompleteAsync("logistics.city", number, "dispatch", "Dispatched");
        await _counter.EndsAsync(number);

        var ended = await _counter.CaseAsync(number);
        ended.GetProperty("shipments").EnumerateArray().Select(s => s.GetProperty("leg").GetString()).ShouldBe(["materials", "result"]);
        ended.GetProperty("decision").GetProperty("files").GetArrayLength().ShouldBe(1);
        var custody = await (await _counter.AsAsync("supervisor")).GetFromJsonAsync<JsonElement>($"/api/cases/{number}/custody");
        custody.GetProperty("papers").EnumerateArray().Select(paper => (paper.GetProperty("kind").GetString(), paper.GetProperty("holderKind").GetString())).Distinct()
            .ShouldBe([("material", "authority"), ("result", "applicant")], ignoreOrder: true);
    }

    [Fact]
    public async Task ModeThree_PickedUp_NeedsTheRightCode()
    {
        var number = await _counter.AcceptedAsync(Counter.Application("SCJG-005", "441302", new { kind = "pickup", hall = "H441300" }));
        await _counter.CompleteAsync("approver.city", number, "acknowledge", "Acknowledged");
        (await _counter.CompleteAsync("approver.city", number, "decide", "Approved", new { documentNumber = "照-" + number })).ShouldBe("awaitingPickup");

        var task = await _counter.TaskAsync("clerk.city", number, "hand-over");
        using (var wrong = await _counter.TryCompleteAsync("clerk.city", task, "PickedUp", new { code = "000000x" }))
            (await Counter.ProblemAsync(wrong)).ShouldSatisfyAllConditions(p => p.Status.ShouldBe(HttpStatusCode.UnprocessableEntity), p => p.Fields.ShouldBe(["data.code"]));
        await using var connection = await fixture.Source.OpenConnectionAsync();
        var code = await connection.ExecuteScalarAsync<string>("select pickup_code from tongban.cases where number = @number", new { number });
        (await _counter.CompleteAsync("clerk.city", number, "hand-over", "PickedUp", new { code })).ShouldBe("archived");
    }

    [Fact]
    public async Task Refusal_IsFinalAndHasAPaper()
    {
        var number = await _counter.OpenAsync();
        await _counter.UploadAllAsync(number);
        await _counter.CompleteAsync("clerk.city", number, "collect-materials", "Complete");

        (await _counter.CompleteAsync("clerk.city", number, "accept", "NotAccepted", new { reason = "不属于本级职权" })).ShouldBe("archived");

        using var paper = await (await _counter.AsAsync("clerk.city")).GetAsync($"/api/cases/{number}/documents/refusal.pdf");
        paper.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        (await paper.Content.ReadAsByteArrayAsync())[..5].ShouldBe("%PDF-"u8.ToArray());
    }

    [Theory]
    [InlineData("draft")]
    [InlineData("received")]
    [InlineData("reviewing")]
    public async Task Withdrawal_BeforeTheDecision_EndsTheCase(string at)
    {
        var number = at == "draft" ? await _counter.OpenAsync() : at == "reviewing" ? await _counter.AcceptedAsync() : await ReceivedAsync();
        if (at == "reviewing")
            await _counter.CompleteAsync("approver.boluo", number, "acknowledge", "Acknowledged");
        (await _counter.StateAsync(number)).ShouldBe(at);

        using var response = await WithdrawAsync(number);

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var ended = await _counter.CaseAsync(number);
        ended.GetProperty("state").GetString().ShouldBe("archived");
        ended.GetProperty("timeline").EnumerateArray().ShouldContain(e => e.GetProperty("state").GetString() == "withdrawn");
        ended.GetProperty("tasks").EnumerateArray().ShouldAllBe(t => t.GetProperty("state").GetString() != "open");
    }

    [Fact]
    public async Task Withdrawal_AfterTheDecision_IsRefused()
    {
        var number = await _counter.AcceptedAsync();
        await _counter.CompleteAsync("approver.boluo", number, "acknowledge", "Acknowledged");
        await _counter.CompleteAsync("approver.boluo", number, "decide", "Rejected", new { reason = "不符合条件" });

        using var response = await WithdrawAsync(number);

        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task ReturnedByTheAuthority_IsSupplementedAndForwardedAgain()
    {
        var number = await _counter.AcceptedAsync();
        (await _counter.CompleteAsync("approver.boluo", number, "acknowledge", "Returned", new { reason = "缺签名页" })).ShouldBe("supplementing");
        (await _counter.CompleteAsync("clerk.city", number, "supplement", "Complete")).ShouldBe("forwarded");
        (await _counter.CompleteAsync("approver.boluo", number, "acknowledge", "Acknowledged")).ShouldBe("reviewing");
    }

    [Fact]
    public async Task SpecialProcedure_StopsTheClockUntilItEnds()
    {
        var number = await _counter.AcceptedAsync();
        await _counter.CompleteAsync("approver.boluo", number, "acknowledge", "Acknowledged");

        (await _counter.CompleteAsync("approver.boluo", number, "decide", "StartSpecialProcedure", new { procedure = "听证" })).ShouldBe("specialProcedure");
        (await PromisedAsync(number)).GetProperty("state").GetString().ShouldBe("stopped");

        (await _counter.CompleteAsync("approver.boluo", number, "end-special-procedure", "Done")).ShouldBe("reviewing");
        (await PromisedAsync(number)).GetProperty("state").GetString().ShouldBe("running");
        (await _counter.CompleteAsync("approver.boluo", number, "decide", "Approved", new { documentNumber = "照-" + number })).ShouldBe("decided");
    }

    private async Task<JsonElement> PromisedAsync(string number) =>
        (await _counter.CaseAsync(number)).GetProperty("clocks").EnumerateArray().Single(c => c.GetProperty("kind").GetString() == "promised");

    private async Task<string> ReceivedAsync()
    {
        var number = await _counter.OpenAsync();
        await _counter.UploadAllAsync(number);
        await _counter.CompleteAsync("clerk.city", number, "collect-materials", "Complete");
        return number;
    }

    private async Task<HttpResponseMessage> WithdrawAsync(string number) =>
        await (await _counter.AsAsync("clerk.city")).PostAsJsonAsync($"/api/cases/{number}/withdraw", new { reason = "申请人改变主意" });
}
