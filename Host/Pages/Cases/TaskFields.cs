namespace TongBan.Host.Pages.Cases;

/// <summary>What a person adds when ending a task.</summary>
[Flags]
internal enum TaskField
{
    None = 0,
    Reason = 1,
    Missing = 2,
    Waybill = 4,
    DocumentNumber = 8,
    Procedure = 16,
    Code = 32,
    Receiver = 64,
    Files = 128,
}

/// <summary>The fields of each outcome, in one table. What is needed is the domain's to say; here is what is asked.</summary>
internal static class TaskFields
{
    /// <summary>Asked for when a task ends this way; without any, one click ends it.</summary>
    public static TaskField Of(string kind, string outcome) => (kind, outcome) switch
    {
        (_, "NeedsSupplement") => TaskField.Missing | TaskField.Reason,
        (_, "GiveUp" or "Arrived") => TaskField.Reason,
        (_, "Withdrawn" or "NotAccepted" or "Returned" or "Refused") => TaskField.Reason,
        (_, "Posted" or "Dispatched") => TaskField.Waybill,
        ("decide", "Approved") => TaskField.DocumentNumber | TaskField.Files,
        ("decide", "Rejected") => TaskField.Reason | TaskField.Files,
        (_, "StartSpecialProcedure") => TaskField.Procedure | TaskField.Reason,
        (_, "Done") => TaskField.Reason,
        (_, "PickedUp") => TaskField.Code | TaskField.Receiver,
        _ => TaskField.None,
    };
}
