namespace TongBan.Domain.Cases;

/// <summary>No such case, or none that the caller has a part in; the two look alike on purpose.</summary>
public sealed record CaseUnknown(string Number) : Refusal(RefusalKind.NotFound, "case_unknown", $"没有编号为 {Number} 的办件");

/// <summary>The life cycle does not lead from the one state to the other.</summary>
public sealed record StateNotAllowed(CaseState From, CaseState To)
    : Refusal(RefusalKind.Conflict, "state_not_allowed", $"办件处于“{From.Name()}”，不能转为“{To.Name()}”");

/// <summary>The decision has been made, or the case has ended: it cannot be withdrawn any more.</summary>
public sealed record TooLateToWithdraw(CaseState State)
    : Refusal(RefusalKind.Conflict, "too_late_to_withdraw", $"办件处于“{State.Name()}”，已不能撤件");

/// <summary>A field is missing or has no meaning.</summary>
public sealed record FieldInvalid(string At, string Problem) : Refusal(RefusalKind.Invalid, "field_invalid", Problem, At);
