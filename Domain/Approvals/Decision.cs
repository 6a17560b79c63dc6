using TongBan.Domain.Tasks;

namespace TongBan.Domain.Approvals;

/// <summary>How an authority decided.</summary>
public enum DecisionResult
{
    /// <summary>准予.</summary>
    Approved,

    /// <summary>不予.</summary>
    Rejected,
}

/// <summary>An authority's decision (审批决定) on a case; there is one at most.</summary>
/// <param name="DocumentNumber">The number of the licence or document; always there when approved.</param>
/// <param name="Reason">Why it was rejected.</param>
public sealed record Decision(string CaseNumber, DecisionResult Result, string? DocumentNumber, string? Reason, string Authority, DateTimeOffset DecidedAt, string DecidedBy);

/// <summary>A stored file of the result.</summary>
public sealed record StoredResultFile(Guid Id, string FileName, string MediaType, string Sha256, long Size);

/// <summary>What an authority's system said of a case.</summary>
public enum ApprovalMessageKind
{
    /// <summary>签收.</summary>
    Acknowledged,

    /// <summary>退回.</summary>
    Returned,

    /// <summary>要求补正.</summary>
    SupplementRequested,

    /// <summary>特别程序开始.</summary>
    SpecialProcedureStarted,

    /// <summary>特别程序结束.</summary>
    SpecialProcedureEnded,

    /// <summary>延长期限.</summary>
    Extended,

    /// <summary>作出决定.</summary>
    Decided,
}

/// <summary>A message of an authority's system, as stored.</summary>
public sealed record ApprovalMessage(
    string Authority, string MessageId, string CaseNumber, ApprovalMessageKind Kind, DateTimeOffset At, string? Reason,
    IReadOnlyList<string> Missing, ApprovalDecision? Decision);

/// <summary>The decision inside a message.</summary>
public sealed record ApprovalDecision(DecisionResult Result, string? DocumentNumber, string? Reason, IReadOnlyList<ResultFile>? Files);
