namespace TongBan.Domain.Cases;

/// <summary>A case (办件): one applicant's application for one item.</summary>
/// <param name="Number">The case number, printed on the receipt.</param>
/// <param name="Secret">What the applicant shows beside the number to follow the case without signing in.</param>
/// <param name="Mode">1 collect here and decide at home, 2 accept here and decide at home, 3 accept and decide here.</param>
/// <param name="Hall">The receiving hall's code.</param>
/// <param name="Jurisdiction">The division that owns the matter, chosen by the applicant.</param>
/// <param name="Authority">The code of the authority that decides.</param>
/// <param name="ByDesk">Whether the authority's people work on it at the approval desk although the authority has a system.</param>
/// <param name="InstanceId">The workflow instance that handles the case.</param>
public sealed record Case(
    string Number,
    string Secret,
    string ItemCode,
    string ItemName,
    int Mode,
    string Hall,
    int Window,
    string Jurisdiction,
    string Authority,
    bool ByDesk,
    CaseState State,
    Applicant Applicant,
    Delivery Delivery,
    string? PickupCode,
    string? WithdrawReason,
    DateTimeOffset? WithdrawnAt,
    string DefinitionId,
    string? InstanceId,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt)
{
    /// <summary>Whether the applicant asked to withdraw.</summary>
    public bool IsWithdrawn => WithdrawnAt is not null;

    /// <summary>The state's Chinese name, as people see it.</summary>
    public string StateName => State.Name(Delivery.Kind == DeliveryKind.Pickup);
}

/// <summary>Whether a person (自然人) or an organisation (法人) applies.</summary>
public enum ApplicantType
{
    /// <summary>自然人.</summary>
    Person,

    /// <summary>法人或其他组织.</summary>
    Organisation,
}

/// <summary>Who applies.</summary>
/// <param name="IdNumber">公民身份号码 of a person, 统一社会信用代码 of an organisation.</param>
/// <param name="IdOverrideReason">Why a number that fails its check digit was taken all the same.</param>
public sealed record Applicant(ApplicantType Type, string Name, string IdNumber, string Phone, string? Email = null, string? IdOverrideReason = null);

/// <summary>How the applicant wants the result.</summary>
public enum DeliveryKind
{
    /// <summary>快递送达.</summary>
    Courier,

    /// <summary>大厅自取.</summary>
    Pickup,
}

/// <summary>Where the result goes: to an address by courier, or to a hall for pick-up.</summary>
public sealed record Delivery(DeliveryKind Kind, string? Address = null, string? Hall = null);
