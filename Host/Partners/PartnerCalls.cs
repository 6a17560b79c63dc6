using System.Text.Json;
using TongBan.Domain.Partners;
using TongBan.Host.Mail;

namespace TongBan.Host.Partners;

/// <summary>Which call goes which way: the one place where an outbox row becomes a request.</summary>
internal sealed class PartnerCalls(CourierClient courier, ApprovalClient approval, CasePush push, MailComposer letters, MailSender mail, SmsSender sms)
{
    public async Task<PartnerAnswer> MakeAsync(PartnerCall call, CancellationToken cancellationToken) => call.Operation switch
    {
        "createOrder" => Needing(await courier.CreateOrderAsync(call.Partner, call.Id, call.Payload, cancellationToken), "orderNo", "waybill"),
        "cancelOrder" => await courier.CancelOrderAsync(call.Partner, call.Id, call.Payload.GetProperty("orderNo").GetString()!, cancellationToken),
        "pushCase" => await approval.PushCaseAsync(call.Partner, call.Id, await push.BodyAsync(call.CaseNumber, cancellationToken), cancellationToken),
        "sendMail" or "sendMaterials" => await MailAsync(call, cancellationToken),
        "sendSms" or "sendPassword" => await sms.SendAsync(call.Id, call.Payload, cancellationToken),
        var operation => throw new InvalidOperationException($"No partner does '{operation}'."),
    };

    private async Task<PartnerAnswer> MailAsync(PartnerCall call, CancellationToken cancellationToken)
    {
        using var message = await letters.ComposeAsync(call, call.Payload.Deserialize<MailPayload>(JsonSerializerOptions.Web)!, cancellationToken);
        return await mail.SendAsync(call.Id, message, cancellationToken);
    }

    /// <summary>An answer that lacks what it is for is none: the same key again may bring a whole one.</summary>
    private static PartnerAnswer Needing(PartnerAnswer answer, params string[] fields) =>
        answer is PartnerAnswer.Answered answered && fields.FirstOrDefault(field => answered.Text(field) is null) is { } missing
            ? new PartnerAnswer.Unreachable($"An answer without {missing}")
            : answer;
}
