using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Host.People.Access;

namespace TongBan.Host.Features.Cases;

/// <summary>The person sees the case, but this is not theirs to do in it.</summary>
internal sealed record NotYourPart() : Refusal(RefusalKind.NotAllowed, "not_allowed", "您在此办件中没有办理此事的权限");

/// <summary>Holds persons against the table. One who may not see a case is told that there is no such case.</summary>
internal sealed class CaseAccess(CaseStore cases, CaseParts parts)
{
    /// <summary>The case, if this person may see it.</summary>
    public Task<Result<Case>> FindAsync(string number, Actor actor) => FindAsync(number, actor, Act.ViewCase);

    /// <summary>The case, if this person may do this in it.</summary>
    public async Task<Result<Case>> FindAsync(string number, Actor actor, Act act)
    {
        // Asked before anything is read: who may see no case at all learns nothing by asking.
        if (!AccessTable.AllowsAnywhere(Act.ViewCase, actor.Role) || await cases.FindAsync(number) is not { } found)
            return new CaseUnknown(number);
        var own = await parts.OfAsync(actor, found);
        if (!AccessTable.Allows(Act.ViewCase, actor.Role, own))
            return new CaseUnknown(number);
        return AccessTable.Allows(act, actor.Role, own) ? found : new NotYourPart();
    }
}
