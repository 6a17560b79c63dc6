using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using TongBan.Domain.Couriers;
using TongBan.Domain.Partners;
using TongBan.Host.Partners;
using TongBan.Host.Problems;

namespace TongBan.Host.Sandbox;

/// <summary>A courier that speaks the unified courier's contract: takes orders and reports each parcel until it is signed for.</summary>
internal sealed class SandboxCourier(
    SignedRequest signed, PartnerDirectory partners, NpgsqlConnection connection, SandboxCallbacks callbacks, IOptions<PartnersOptions> options, TimeProvider time)
{
    private const int LargestBody = 64 * 1024;

    private static readonly (string Status, string Place)[] Journey =
        [("collected", "惠州揽投部"), ("inTransit", "惠州处理中心"), ("outForDelivery", "派送网点"), ("signed", "收件地址")];

    public async Task<IResult> OrderAsync(HttpRequest request)
    {
        var (body, problem) = await signed.ReadAsync(request, await CourierAsync(), LargestBody);
        if (problem is not null)
            return problem;
        var key = request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0)
            return Problem.Of(StatusCodes.Status400BadRequest, "key_missing", "缺少 Idempotency-Key");

        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var order = await connection.QuerySingleAsync<Order>(
            """
            with number as (select to_char(nextval('sandbox.order_numbers'), 'FM0000000000') as value)
            insert into sandbox.orders (idempotency_key, order_no, waybill, body, status, created_at)
            select @key, 'SB' || value, '98' || value, @body::jsonb, 'created', @now from number
            on conflict (idempotency_key) do update set calls = sandbox.orders.calls + 1
            returning order_no as OrderNo, waybill, status, calls
            """,
            new { key, body = SandboxBody.Masked(body), now = time.GetUtcNow() });
        if (order.Calls == 1)
            await PlanAsync(order);
        await transaction.CommitAsync();
        callbacks.Wake(order.OrderNo);
        return TypedResults.Created($"orders/{order.OrderNo}", new { order.OrderNo, order.Waybill });
    }

    public async Task<IResult> CancelAsync(HttpRequest request, string orderNo)
    {
        var (_, problem) = await signed.ReadAsync(request, await CourierAsync(), LargestBody);
        if (problem is not null)
            return problem;
        var cancelled = await connection.ExecuteAsync(
            "update sandbox.orders set status = 'cancelled' where order_no = @orderNo and status in ('created', 'cancelled')", new { orderNo });
        if (cancelled == 0)
            return Problem.Of(StatusCodes.Status409Conflict, "collected", "快件已揽收，不能取消");
        await connection.ExecuteAsync("delete from sandbox.callbacks where subject = @orderNo and delivered_at is null", new { orderNo });
        return TypedResults.Ok(new { orderNo, status = "cancelled" });
    }

    public async Task<IResult> FindAsync(HttpRequest request, string orderNo)
    {
        var (_, problem) = await signed.ReadAsync(request, await CourierAsync(), LargestBody);
        if (problem is not null)
            return problem;
        var order = await connection.QuerySingleOrDefaultAsync<Order>(
            "select order_no as OrderNo, waybill, status, calls from sandbox.orders where order_no = @orderNo", new { orderNo });
        return order is null
            ? Problem.Of(StatusCodes.Status404NotFound, "order_unknown", "没有这个订单")
            : TypedResults.Ok(new { order.OrderNo, order.Waybill, order.Status });
    }

    private Task<Partner?> CourierAsync() => partners.FindAsync(PartnerKind.Courier, ShipmentStore.UnifiedCourier);

    private async Task PlanAsync(Order order)
    {
        foreach (var (position, (status, place)) in Journey.Index())
        {
            var at = time.GetUtcNow() + options.Value.Sandbox.Delay * (position + 1);
            var messageId = $"{order.OrderNo}-{position}";
            var signedBy = status == "signed" ? "本人" : null;
            await callbacks.PlanAsync(new(
                messageId, order.OrderNo, position, PartnerKind.Courier, ShipmentStore.UnifiedCourier, status,
                JsonSerializer.Serialize(new { messageId, order.Waybill, status, at, place, signedBy }, ApiJson.Options), at));
        }
    }

    private sealed record Order
    {
        public required string OrderNo { get; init; }

        public required string Waybill { get; init; }

        public required string Status { get; init; }

        public int Calls { get; init; }
    }
}
