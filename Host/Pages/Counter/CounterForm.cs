using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Domain.People;
using TongBan.Host.Features.Cases;

namespace TongBan.Host.Pages.Counter;

/// <summary>What the clerk has typed. One form opens one case, however often it is sent: its key goes with every attempt.</summary>
internal sealed class CounterForm
{
    private string _key = Guid.CreateVersion7().ToString();

    public ServiceItem? Item { get; private set; }

    public ApplicantType Type { get; set; }

    public string? Name { get; set; }

    public string? IdNumber { get; set; }

    public string? IdOverrideReason { get; set; }

    public string? Phone { get; set; }

    public string? Email { get; set; }

    public string? Jurisdiction { get; set; }

    public DeliveryKind Delivery { get; set; }

    public string? Address { get; set; }

    public string? PickupHall { get; set; }

    public string Key => _key;

    /// <summary>Takes another item; what was typed of the applicant stays.</summary>
    public void Choose(ServiceItem? item)
    {
        Item = item;
        if (item is null)
            return;
        if (item.Target != ItemTarget.Both)
            Type = item.Target == ItemTarget.Organisation ? ApplicantType.Organisation : ApplicantType.Person;
        if (!item.CourierAllowed)
            Delivery = DeliveryKind.Pickup;
    }

    /// <summary>What is odd about the number, or null; nothing is said of one that was not typed yet.</summary>
    public string? Doubt(DateOnly today) =>
        string.IsNullOrWhiteSpace(IdNumber) ? null
        : Type == ApplicantType.Person ? IdentityNumber.Warning(IdNumber, today)
        : CreditCode.Warning(IdNumber);

    /// <summary>Takes over how the applicant was taken down last, where nothing was typed yet.</summary>
    public void Recall(Applicant earlier, string? address)
    {
        Type = earlier.Type;
        Name = Or(Name, earlier.Name);
        Phone = Or(Phone, earlier.Phone);
        Email = Or(Email, earlier.Email);
        Address = Or(Address, address);
    }

    /// <summary>What was typed, to be kept by the browser until the case is open.</summary>
    public CounterDraft ToDraft() => new(_key, Item?.Code, Type, Name, IdNumber, IdOverrideReason, Phone, Email, Jurisdiction, Delivery, Address, PickupHall);

    /// <summary>What the browser kept; its key comes back too, so that a case that was opened meanwhile is not opened again.</summary>
    public void Restore(CounterDraft draft, ServiceItem? item)
    {
        (_key, Item, Type, Name, IdNumber) = (draft.Key, item, draft.Type, draft.Name, draft.IdNumber);
        (IdOverrideReason, Phone, Email, Jurisdiction) = (draft.IdOverrideReason, draft.Phone, draft.Email, draft.Jurisdiction);
        (Delivery, Address, PickupHall) = (draft.Delivery, draft.Address, draft.PickupHall);
    }

    private static string? Or(string? typed, string? known) => string.IsNullOrWhiteSpace(typed) ? known : typed;

    /// <summary>The form as the API takes it.</summary>
    public OpenCaseRequest ToRequest(Actor clerk, bool isDoubtful) => new(
        Item?.Code,
        new OpenCaseApplicant(Type, Name, IdNumber, Phone, string.IsNullOrWhiteSpace(Email) ? null : Email.Trim(), isDoubtful ? IdOverrideReason : null),
        clerk.Hall,
        clerk.Window,
        Jurisdiction,
        new OpenCaseDelivery(Delivery, Delivery == DeliveryKind.Courier ? Address : null, Delivery == DeliveryKind.Pickup ? PickupHall ?? clerk.Hall : null));
}

/// <summary>A form that was not sent yet; see <see cref="CounterForm"/>.</summary>
internal sealed record CounterDraft(
    string Key, string? ItemCode, ApplicantType Type, string? Name, string? IdNumber, string? IdOverrideReason, string? Phone, string? Email, string? Jurisdiction,
    DeliveryKind Delivery, string? Address, string? PickupHall);
