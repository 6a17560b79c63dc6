using TongBan.Domain.Approvals;
using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Couriers;
using TongBan.Domain.Materials;
using TongBan.Domain.Partners;
using TongBan.Domain.Privacy;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Features.Tasks;

namespace TongBan.Host.Features.Cases;

/// <summary>A case as those with a part in it see it.</summary>
/// <param name="Holder">Who has it in hand now.</param>
/// <param name="Checklist">The item's list, and what was handed in for each entry.</param>
internal sealed record CaseView(
    string Number, CaseState State, string StateName, int Mode, string ItemCode, string ItemName, string Hall, string HallName, int Window,
    string Jurisdiction, string JurisdictionName, string Authority, string AuthorityName, string Holder, ApplicantView Applicant, Delivery Delivery,
    IReadOnlyList<ClockView> Clocks, IReadOnlyList<ChecklistEntry> Checklist, IReadOnlyList<MaterialView> Materials, IReadOnlyList<TaskView> Tasks,
    IReadOnlyList<ShipmentView> Shipments, DecisionView? Decision, IReadOnlyList<Incident> Incidents, IReadOnlyList<TimelineEntry> Timeline,
    WorkflowView Workflow, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, ExtensionView? Extension);

/// <summary>The applicant, with numbers masked.</summary>
internal sealed record ApplicantView(ApplicantType Type, string Name, string IdNumber, string Phone, string? Email)
{
    public static ApplicantView Of(Applicant applicant) =>
        new(applicant.Type, applicant.Name, Mask.IdNumber(applicant.IdNumber), Mask.Phone(applicant.Phone), applicant.Email is { } email ? Mask.Email(email) : null);
}

/// <summary>A limit of the case.</summary>
/// <param name="Step">What the step of a step limit is called; empty otherwise.</param>
/// <param name="TimerAt">When those who hold it are told next: the prompt, the yellow or the red light.</param>
/// <param name="Provisional">The holidays of a year that was counted are not published yet, so the date may still move.</param>
internal sealed record ClockView(
    LimitKind Kind, string Step, string Name, string Holder, LimitState State, int TotalDays, int LeftDays, DateOnly StartedOn, DateOnly? DueOn, DateOnly? WarnOn, DateOnly? EndedOn,
    Light Light, DateTimeOffset? TimerAt, bool Provisional)
{
    public static ClockView Of(LimitClock clock) => new(
        clock.Kind, clock.Step, LimitWords.Of(clock.Kind), clock.Holder, clock.State, clock.TotalDays, clock.LeftDays, clock.StartedOn, clock.DueOn, clock.WarnOn, clock.EndedOn,
        clock.Light, clock.TimerAt is { } at ? new DateTimeOffset(at, TimeSpan.Zero).ToOffset(CityTime.Offset) : null, clock.Provisional);
}

/// <summary>An entry of the item's list, and how many files were handed in for it.</summary>
internal sealed record ChecklistEntry(string Code, string Name, bool Required, MaterialForm Form, string? Note, int Files, bool Reusable)
{
    public static ChecklistEntry Of(MaterialRequirement entry, IEnumerable<Material> materials) =>
        new(entry.Code, entry.Name, entry.Required, entry.Form, entry.Note, materials.Count(m => m.RequirementCode == entry.Code), entry.Reusable);
}

/// <summary>A file that was handed in.</summary>
internal sealed record MaterialView(Guid Id, string RequirementCode, string FileName, string MediaType, string Sha256, long Size, int? Pages, DateTimeOffset UploadedAt, string UploadedBy, MaterialOrigin Origin)
{
    public static MaterialView Of(Material material) => new(
        material.Id, material.RequirementCode, material.FileName, material.MediaType, material.Sha256, material.Size, material.Pages, material.UploadedAt, material.UploadedBy, material.Origin);
}

/// <summary>A parcel of the case.</summary>
internal sealed record ShipmentView(Guid Id, ShipmentLeg Leg, string Provider, string? OrderNo, string? Waybill, ShipmentState State, string StateName, string? SignedBy, DateTimeOffset ChangedAt)
{
    public static ShipmentView Of(Shipment shipment) => new(
        shipment.Id, shipment.Leg, shipment.Provider, shipment.OrderNo, shipment.Waybill, shipment.State, shipment.StateName, shipment.SignedBy, shipment.ChangedAt);
}

/// <summary>The decision and its files.</summary>
internal sealed record DecisionView(DecisionResult Result, string? DocumentNumber, string? Reason, string Authority, DateTimeOffset DecidedAt, IReadOnlyList<StoredResultFile> Files);

/// <summary>The newest request for an extension, and what the head of the authority said.</summary>
internal sealed record ExtensionView(
    string CaseNumber, int Days, string Reason, string AskedBy, string AskedByName, DateTimeOffset AskedAt, ExtensionState State, string? DecidedByName, DateTimeOffset? DecidedAt, string? Note)
{
    public static ExtensionView Of(ExtensionRequest request) => new(
        request.CaseNumber, request.Days, request.Reason, request.AskedBy, request.AskedByName, request.AskedAt, request.State, request.DecidedByName, request.DecidedAt, request.Note);
}

/// <summary>The workflow that handles the case.</summary>
internal sealed record WorkflowView(string DefinitionId, string? InstanceId);
