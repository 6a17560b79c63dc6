using System.Text.Json;
using TongBan.Domain.Approvals;
using TongBan.Domain.Partners;
using TongBan.Domain.Privacy;

namespace TongBan.Host.Partners;

/// <summary>Calls in words, for incidents and timelines.</summary>
internal static class CallWords
{
    /// <summary>What the operation does.</summary>
    public static string Of(string operation) => operation switch
    {
        "createOrder" => "物流下单",
        "cancelOrder" => "取消物流订单",
        "pushCase" => "向审批系统推送办件",
        "sendMail" => "发送电子邮件",
        "sendMaterials" => "以电子邮件发送材料",
        "sendPassword" => "发送材料密码短信",
        "sendSms" => "发送短信",
        _ => operation,
    };

    /// <summary>What an authority's system said.</summary>
    public static string Of(ApprovalMessageKind kind) => kind switch
    {
        ApprovalMessageKind.Acknowledged => "签收",
        ApprovalMessageKind.Returned => "退回",
        ApprovalMessageKind.SupplementRequested => "要求补正",
        ApprovalMessageKind.SpecialProcedureStarted => "特别程序开始",
        ApprovalMessageKind.SpecialProcedureEnded => "特别程序结束",
        ApprovalMessageKind.Extended => "延长时限",
        _ => "作出决定",
    };

    /// <summary>That the call was given up.</summary>
    public static string Failed(PartnerCall call) => Of(call.Operation) + "未成功";

    /// <summary>That the partner refused the call; a mail that the recipient's server refuses is a bounce.</summary>
    public static string Refused(PartnerCall call) =>
        call.Kind == PartnerKind.Mail && To(call) is { } to ? $"电子邮件“{Text(call.Payload, "subject")}”被{Mask.Recipient(to)}的邮件服务器退回" : Failed(call);

    /// <summary>What was sent to whom, the address masked; null for calls that are no messages.</summary>
    public static string? Sent(PartnerCall call)
    {
        if (call.Kind is not (PartnerKind.Mail or PartnerKind.Sms) || To(call) is not { } to)
            return null;
        var way = call.Kind == PartnerKind.Mail ? "电子邮件" : "短信";
        return $"已发送{way}“{Text(call.Payload, "subject")}”至{Mask.Recipient(to)}";
    }

    /// <summary>Whom a message goes to; null for a call that is none, and for one that was erased.</summary>
    public static string? To(PartnerCall call) => Text(call.Payload, "to");

    /// <summary>What a partner said, without the address that it may repeat.</summary>
    public static string Masked(PartnerCall call, string said) =>
        To(call) is { Length: > 0 } to ? said.Replace(to, Mask.Recipient(to), StringComparison.OrdinalIgnoreCase) : said;

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
