namespace TongBan.Domain.Custody;

/// <summary>Who can hold a paper.</summary>
public enum HolderKind
{
    /// <summary>窗口: a hall's window.</summary>
    Window,

    /// <summary>邮件: a parcel.</summary>
    Parcel,

    /// <summary>审批部门.</summary>
    Authority,

    /// <summary>申请人.</summary>
    Applicant,
}

/// <summary>Who holds a paper.</summary>
/// <param name="Code">The hall's or authority's code, the parcel's id, the case number for its applicant.</param>
public sealed record Holder(HolderKind Kind, string Code)
{
    /// <summary>A hall's window.</summary>
    public static Holder Window(string hall) => new(HolderKind.Window, hall);

    /// <summary>A parcel.</summary>
    public static Holder Parcel(Guid shipment) => new(HolderKind.Parcel, shipment.ToString());

    /// <summary>An authority.</summary>
    public static Holder Authority(string code) => new(HolderKind.Authority, code);

    /// <summary>The case's applicant.</summary>
    public static Holder Applicant(string caseNumber) => new(HolderKind.Applicant, caseNumber);
}

/// <summary>What a paper is.</summary>
public enum PaperKind
{
    /// <summary>申请材料原件.</summary>
    Material,

    /// <summary>办理结果.</summary>
    Result,
}

/// <summary>A paper of a case, and who holds it.</summary>
/// <param name="Code">The checklist entry's code; <c>result</c> for the result.</param>
public sealed record HeldPaper(Guid Id, string CaseNumber, PaperKind Kind, string Code, string Name, Holder Holder, DateTimeOffset Since);

/// <summary>Papers that went from one holder to another.</summary>
/// <param name="Papers">The papers' ids.</param>
/// <param name="Reason">Why, where it was asked for.</param>
/// <param name="BackOf">The hand-over that this one takes back.</param>
/// <param name="Receipt">Who confirmed that the papers are there; null while nobody has.</param>
public sealed record HandOver(
    Guid Id, string CaseNumber, Holder From, Holder To, IReadOnlyList<Guid> Papers, string? Reason, Guid? BackOf, DateTimeOffset At, string ByName, HandOverReceipt? Receipt);

/// <summary>Somebody on the receiving side confirmed a hand-over.</summary>
public sealed record HandOverReceipt(string ByName, DateTimeOffset At);
