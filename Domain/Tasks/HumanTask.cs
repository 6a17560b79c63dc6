using TongBan.Domain.People;

namespace TongBan.Domain.Tasks;

/// <summary>A piece of work that waits for a person, or waited for one.</summary>
/// <param name="Step">The execution of the workflow step that waits for it.</param>
/// <param name="Hall">The hall whose people do it, null for any.</param>
/// <param name="Authority">The authority whose people do it, null for any.</param>
/// <param name="State"><c>open</c>, <c>completed</c> or <c>cancelled</c>.</param>
public sealed record HumanTask(
    Guid Id, string CaseNumber, TaskKind Kind, string Step, Role Role, string? Hall, string? Authority,
    DateTimeOffset OpenedAt, DateOnly? DueOn, string State, string? Outcome, TaskData Data, Actor? CompletedBy)
{
    /// <summary>Whether it still waits.</summary>
    public bool IsOpen => State == "open";

    /// <summary>Whether it is this person's work.</summary>
    public bool IsFor(Actor actor) =>
        actor.Role == Role && (Hall is null || Hall == actor.Hall) && (Authority is null || Authority == actor.Authority);
}

/// <summary>What a person adds when completing a task; which of it is needed depends on kind and outcome.</summary>
/// <param name="Reason">Why it is refused, returned or rejected.</param>
/// <param name="Missing">Everything that is missing: codes of the item's materials, or plain words.</param>
/// <param name="Waybill">The courier's number when the parcel was handed over by hand.</param>
/// <param name="DocumentNumber">The number of the decision's document.</param>
/// <param name="Procedure">Which special procedure: hearing, inspection, appraisal and the like.</param>
/// <param name="Code">The pick-up code that the receiver shows.</param>
/// <param name="Receiver">Who took the result.</param>
/// <param name="Files">The result's files.</param>
public sealed record TaskData(
    string? Reason = null,
    IReadOnlyList<string>? Missing = null,
    string? Waybill = null,
    string? DocumentNumber = null,
    string? Procedure = null,
    string? Code = null,
    string? Receiver = null,
    IReadOnlyList<ResultFile>? Files = null)
{
    /// <summary>Nothing added.</summary>
    public static TaskData None { get; } = new();
}

/// <summary>A file of the result, as sent.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="MediaType">The declared media type; the content decides.</param>
/// <param name="Base64">The bytes.</param>
public sealed record ResultFile(string Name, string MediaType, string Base64);
