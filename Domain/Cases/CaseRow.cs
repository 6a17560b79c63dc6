using TongBan.Domain.Privacy;

namespace TongBan.Domain.Cases;

/// <summary>What of a case is sealed in its row.</summary>
internal sealed record CasePersonal(string IdNumber, string Phone, string? Email, string? Address)
{
    /// <summary>What is left when a case's personal data was erased.</summary>
    public static CasePersonal Erased { get; } = new("", "", null, null);

    public static CasePersonal Of(Case @case) => new(@case.Applicant.IdNumber, @case.Applicant.Phone, @case.Applicant.Email, @case.Delivery.Address);

    /// <summary>What the seal is bound to.</summary>
    public static string Row(string number) => $"cases/{number}";
}

/// <summary>A row of tongban.cases as Dapper reads it.</summary>
internal sealed record CaseRow
{
    public const string Select =
        """
        select number, secret, item_code as ItemCode, item_name as ItemName, mode, hall, window_number as WindowNumber,
            jurisdiction, authority, by_desk as ByDesk, state, applicant_type as ApplicantType, applicant_name as ApplicantName,
            personal, personal_key as PersonalKey, applicant_id_number as PlainIdNumber, applicant_phone as PlainPhone,
            applicant_email as PlainEmail, delivery_address as PlainAddress, erased_at as ErasedAt,
            id_override_reason as IdOverrideReason, delivery_kind as DeliveryKind, delivery_hall as DeliveryHall, pickup_code as PickupCode, withdraw_reason as WithdrawReason,
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
    public byte[]? Personal { get; init; }
    public int? PersonalKey { get; init; }
    public string? PlainIdNumber { get; init; }
    public string? PlainPhone { get; init; }
    public string? PlainEmail { get; init; }
    public string? PlainAddress { get; init; }
    public DateTime? ErasedAt { get; init; }
    public string? IdOverrideReason { get; init; }
    public required DeliveryKind DeliveryKind { get; init; }
    public string? DeliveryHall { get; init; }
    public string? PickupCode { get; init; }
    public string? WithdrawReason { get; init; }
    public DateTime? WithdrawnAt { get; init; }
    public required string DefinitionId { get; init; }
    public string? InstanceId { get; init; }
    public required DateTime OpenedAt { get; init; }
    public DateTime? ClosedAt { get; init; }

    /// <summary>A row from before sealing, and one whose data was erased, have no key.</summary>
    public CasePersonal PersonalOf(PersonalSeal seal) =>
        PersonalKey is { } key ? seal.Open<CasePersonal>(Personal!, key, CasePersonal.Row(Number))
        : PlainIdNumber is null ? CasePersonal.Erased
        : new(PlainIdNumber, PlainPhone ?? "", PlainEmail, PlainAddress);

    public Case ToCase(PersonalSeal seal)
    {
        var personal = PersonalOf(seal);
        return new(
            Number, Secret, ItemCode, ItemName, Mode, Hall, WindowNumber, Jurisdiction, Authority, ByDesk, State,
            new Applicant(ApplicantType, ApplicantName, personal.IdNumber, personal.Phone, personal.Email, IdOverrideReason),
            new Delivery(DeliveryKind, personal.Address, DeliveryHall),
            PickupCode, WithdrawReason, WithdrawnAt, DefinitionId, InstanceId, OpenedAt, ClosedAt);
    }
}
