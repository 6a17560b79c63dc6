using TongBan.Domain.People;

namespace TongBan.Domain.Tasks;

/// <summary>A kind of human task: who does it and how it can end.</summary>
/// <param name="Code">The code in the API, for example <c>collect-materials</c>.</param>
/// <param name="Title">What the person reads.</param>
/// <param name="Role">Whose work it is by default.</param>
/// <param name="Outcomes">The ways it can be completed.</param>
public sealed record TaskKind(string Code, string Title, Role Role, params string[] Outcomes)
{
    /// <summary>收齐材料.</summary>
    public static readonly TaskKind CollectMaterials = new("collect-materials", "收齐申请材料", Role.Clerk, "Complete", "Withdrawn");

    /// <summary>受理审查; at the window or at the authority.</summary>
    public static readonly TaskKind Accept = new("accept", "审查并决定是否受理", Role.Clerk, "Accepted", "NotAccepted", "NeedsSupplement");

    /// <summary>签收转办件.</summary>
    public static readonly TaskKind Acknowledge = new("acknowledge", "签收转办件", Role.Approver, "Acknowledged", "Returned");

    /// <summary>寄送纸质材料.</summary>
    public static readonly TaskKind PostMaterials = new("post-materials", "向审批部门寄送纸质材料", Role.Logistics, "Posted");

    /// <summary>审批决定.</summary>
    public static readonly TaskKind Decide = new("decide", "审批并作出决定", Role.Approver, "Approved", "Rejected", "NeedsSupplement", "StartSpecialProcedure");

    /// <summary>补正材料.</summary>
    public static readonly TaskKind Supplement = new("supplement", "收取补正材料", Role.Clerk, "Complete", "Withdrawn");

    /// <summary>结束特别程序.</summary>
    public static readonly TaskKind EndSpecialProcedure = new("end-special-procedure", "登记特别程序结果", Role.Approver, "Done");

    /// <summary>交付结果.</summary>
    public static readonly TaskKind HandOver = new("hand-over", "核对取件码并交付结果", Role.Clerk, "PickedUp", "Refused");

    /// <summary>寄出结果.</summary>
    public static readonly TaskKind Dispatch = new("dispatch", "将结果交寄快递", Role.Logistics, "Dispatched");

    /// <summary>处理异常邮件: refused, returned, lost or called off.</summary>
    public static readonly TaskKind ParcelException = new("parcel-exception", "处理未送达的邮件", Role.Logistics, "Resend", "GiveUp", "Arrived");

    private static readonly Dictionary<string, TaskKind> All =
        new[] { ParcelException, CollectMaterials, Accept, Acknowledge, PostMaterials, Decide, Supplement, EndSpecialProcedure, HandOver, Dispatch }
            .ToDictionary(k => k.Code, StringComparer.Ordinal);

    /// <summary>The kind with this code; throws when there is none.</summary>
    public static TaskKind Of(string code) => All[code];
}
