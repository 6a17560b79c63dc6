namespace TongBan.Domain.Cases;

/// <summary>Where a case (办件) stands in its life cycle.</summary>
public enum CaseState
{
    /// <summary>暂存: opened at a window, materials not complete yet.</summary>
    Draft,

    /// <summary>已收件: every required material is there.</summary>
    Received,

    /// <summary>补正中: the applicant was told once what is missing.</summary>
    Supplementing,

    /// <summary>已受理: formally accepted; the promised limit runs.</summary>
    Accepted,

    /// <summary>不予受理: acceptance was refused, in writing and with the reason.</summary>
    NotAccepted,

    /// <summary>已转办: handed to the authority that decides, not acknowledged yet.</summary>
    Forwarded,

    /// <summary>审批中: the authority is at work.</summary>
    Reviewing,

    /// <summary>特别程序: a hearing, inspection, appraisal or the like stops the clock.</summary>
    SpecialProcedure,

    /// <summary>已办结: decided, approved or rejected.</summary>
    Decided,

    /// <summary>寄送中: the result is with the courier.</summary>
    Delivering,

    /// <summary>待领取: the result waits at the hall that the applicant chose.</summary>
    AwaitingPickup,

    /// <summary>已送达 or 已领取: the result is in the applicant's hands.</summary>
    Delivered,

    /// <summary>已撤件: the applicant withdrew before the decision.</summary>
    Withdrawn,

    /// <summary>已归档: closed and filed.</summary>
    Archived,
}
