using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.People;

namespace TongBan.Host.Features.Cases;

/// <summary>Who has a part in a case and may see it. One without a part is told that there is no such case.</summary>
internal sealed class CaseAccess(CaseStore cases)
{
    /// <summary>The case, if this person has a part in it.</summary>
    public async Task<Result<Case>> FindAsync(string number, Actor actor) =>
        await cases.FindAsync(number) is { } found && MaySee(actor, found) ? found : new CaseUnknown(number);

    /// <summary>Whether this person has a part in the case.</summary>
    public static bool MaySee(Actor actor, Case @case) => actor.Role switch
    {
        Role.Clerk => actor.Hall is not null && (actor.Hall == @case.Hall || actor.Hall == @case.Delivery.Hall),
        Role.Approver => actor.Authority is not null && actor.Authority == @case.Authority,
        Role.Logistics or Role.Administrator or Role.Supervisor or Role.System => true,
        _ => false,
    };
}
