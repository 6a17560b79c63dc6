using System.Text.Json;

namespace TongBan.Domain.Partners;

/// <summary>Whom a call goes to.</summary>
public enum PartnerKind
{
    /// <summary>统一通办物流服务.</summary>
    Courier,

    /// <summary>审批系统.</summary>
    Approval,

    /// <summary>电子邮件.</summary>
    Mail,

    /// <summary>短信.</summary>
    Sms,
}

/// <summary>What became of a call.</summary>
public enum PartnerCallState
{
    /// <summary>To be made, now or at its next attempt.</summary>
    Pending,

    /// <summary>The partner answered.</summary>
    Done,

    /// <summary>Given up for now: an incident that a person sees.</summary>
    Failed,

    /// <summary>A person chose to go on without it.</summary>
    Skipped,

    /// <summary>A person called it off.</summary>
    Cancelled,
}

/// <summary>A call to a partner, in the outbox.</summary>
/// <param name="Id">Also the idempotency key of every attempt.</param>
/// <param name="Partner">The provider's or authority's code.</param>
/// <param name="Operation">What is asked of it, for example <c>createOrder</c>.</param>
/// <param name="Payload">The request body.</param>
/// <param name="Answer">The partner's answer once there is one.</param>
public sealed record PartnerCall(
    Guid Id, PartnerKind Kind, string Partner, string Operation, string CaseNumber, string Step, JsonElement Payload,
    PartnerCallState State, int Attempts, JsonElement? Answer, string? LastError);

/// <summary>A call that failed so far and is tried again by itself.</summary>
public sealed record StrugglingCall
{
    public Guid Id { get; init; }
    public PartnerKind Kind { get; init; }
    public required string Partner { get; init; }
    public required string Operation { get; init; }
    public required string CaseNumber { get; init; }

    /// <summary>Attempts so far.</summary>
    public int Attempts { get; init; }

    /// <summary>What the partner answered, or why it did not.</summary>
    public string? LastError { get; init; }

    /// <summary>When it is tried again.</summary>
    public DateTime NextAttemptAt { get; init; }
}
