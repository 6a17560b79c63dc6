namespace TongBan.Domain.Cases;

/// <summary>A row of tongban.cases as Dapper reads it.</summary>
internal sealed record CaseRow
{
    public const string Select =
        """
        select number, secret, item_code as ItemCode, item_name as ItemName, mode, hall, window_number as WindowNumber,
            jurisdiction, authority, by_desk as ByDesk, state, applicant_type as ApplicantType, applicant_name as ApplicantName,
            applicant_id_number as ApplicantIdNumber, applicant_phone as ApplicantPhone, applicant_email as ApplicantEmail,
            id_override_reason as IdOverrideReason, delivery_kind as DeliveryKind, delivery_address as DeliveryAddress,
            delivery_hall as DeliveryHall, pickup_code as PickupCode, withdraw_reason as WithdrawReason,
            withdrawn_at as WithdrawnAt, definition_id as DefinitionId, instance_id as InstanceId,
            opened_at as OpenedAt, closed_at as ClosedAt
        from tongban.cases
        """;

    public required string Number { get; init; }
    public required string Secret { get; init; }
    public required string ItemCode { get; init; }
    public required string ItemName { get; init; }
    public required short Mode { get; init; }
    public required string Hall { get; init; }
    public required int WindowNumber { get; init; }
    public required string Jurisdiction { get; init; }
    public required string Authority { get; init; }
    public bool ByDesk { get; init; }
    public required CaseState State { get; init; }
    public required ApplicantType ApplicantType { get; init; }
    public required string ApplicantName { get; init; }
    public required string ApplicantIdNumber { get; init; }
    public required string ApplicantPhone { get; init; }
    public string? ApplicantEmail { get; init; }
    public string? IdOverrideReason { get; init; }
    public required DeliveryKind DeliveryKind { get; init; }
    public string? DeliveryAddress { get; init; }
    public string? DeliveryHall { get; init; }
    public string? PickupCode { get; init; }
    public string? WithdrawReason { get; init; }
    public DateTime? WithdrawnAt { get; init; }
    public required string DefinitionId { get; init; }
    public string? InstanceId { get; init; }
    public required DateTime OpenedAt { get; init; }
    public DateTime? ClosedAt { get; init; }

    public Case ToCase() => new(
        Number, Secret, ItemCode, ItemName, Mode, Hall, WindowNumber, Jurisdiction, Authority, ByDesk, State,
        new Applicant(ApplicantType, ApplicantName, ApplicantIdNumber, ApplicantPhone, ApplicantEmail, IdOverrideReason),
        new Delivery(DeliveryKind, DeliveryAddress, DeliveryHall),
        PickupCode, WithdrawReason, WithdrawnAt, DefinitionId, InstanceId, OpenedAt, ClosedAt);
}
