using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Host.Partners;
using Xunit;

namespace TongBan.Host.Tests.Sandbox;

public sealed class SandboxTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private static readonly JsonElement Order = JsonSerializer.SerializeToElement(new { reference = "r", leg = "result", contents = new[] { "营业执照" } });

    [Fact]
    public async Task Courier_SameKeyManyTimesAtOnce_IsOneParcel()
    {
        var key = Guid.NewGuid();
        var courier = fixture.Host.Services.GetRequiredService<CourierClient>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => courier.CreateOrderAsync("unified", key, Order, CancellationToken.None)));

        answers.Select(answer => answer.ShouldBeOfType<PartnerAnswer.Answered>().Json.GetProperty("waybill").GetString()).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        await using var connection = await fixture.Source.OpenConnectionAsync();
        (await connection.ExecuteScalarAsync<int>("select calls from sandbox.orders where idempotency_key = @key", new { key = key.ToString() })).ShouldBe(5);
    }

    [Fact]
    public async Task Courier_Order_IsReportedUntilItIsSignedFor()
    {
        var waybill = Answered(await fixture.Host.Services.GetRequiredService<CourierClient>()
            .CreateOrderAsync("unified", Guid.NewGuid(), Order, CancellationToken.None)).GetProperty("waybill").GetString()!;

        var statuses = await Eventually.BecomesAsync(() => ReceivedAsync("waybill", waybill, "status"), received => received.Length == 4);

        statuses.ShouldBe(["collected", "inTransit", "outForDelivery", "signed"]);
    }

    [Fact]
    public async Task Courier_CancelBeforeCollection_IsReportedNoMore()
    {
        var courier = fixture.Host.Services.GetRequiredService<CourierClient>();
        var orderNo = Answered(await courier.CreateOrderAsync("unified", Guid.NewGuid(), Order, CancellationToken.None)).GetProperty("orderNo").GetString()!;

        var answer = await courier.CancelOrderAsync("unified", Guid.NewGuid(), orderNo, CancellationToken.None);

        // Collected within a tenth of a second: both answers are right, and each has its consequence.
        var found = Answered(await courier.FindOrderAsync("unified", orderNo, CancellationToken.None)).GetProperty("status").GetString();
        (found == "cancelled").ShouldBe(answer is PartnerAnswer.Answered);
    }

    [Fact]
    public async Task Approval_PushedCase_IsAcknowledgedAndDecidedWithADocument()
    {
        var caseNumber = "T" + Guid.NewGuid().ToString("N");
        var approval = fixture.Host.Services.GetRequiredService<ApprovalClient>();

        Answered(await approval.PushCaseAsync("441300-RSJ", Guid.NewGuid(), JsonSerializer.SerializeToElement(new { caseNumber }), CancellationToken.None));

        var kinds = await Eventually.BecomesAsync(() => ReceivedAsync("caseNumber", caseNumber, "kind"), received => received.Length == 2);
        kinds.ShouldBe(["acknowledged", "decided"]);
        await using var connection = await fixture.Source.OpenConnectionAsync();
        var pdf = await connection.ExecuteScalarAsync<string>(
            "select body->'decision'->'files'->0->>'base64' from tongban.partner_messages where body->>'caseNumber' = @caseNumber and body->>'kind' = 'decided'", new { caseNumber });
        Convert.FromBase64String(pdf!).AsSpan(0, 5).SequenceEqual("%PDF-"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Client_OrderThatDoesNotExist_IsRefused()
    {
        var answer = await fixture.Host.Services.GetRequiredService<CourierClient>().FindOrderAsync("unified", "SB404", CancellationToken.None);

        answer.ShouldBeOfType<PartnerAnswer.Refused>().Status.ShouldBe(404);
    }

    private static JsonElement Answered(PartnerAnswer answer) => answer.ShouldBeOfType<PartnerAnswer.Answered>().Json;

    private async Task<string[]> ReceivedAsync(string key, string value, string field)
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        return [.. await connection.QueryAsync<string>(
            "select body->>@field from tongban.partner_messages where body->>@key = @value order by received_at", new { field, key, value })];
    }
}
