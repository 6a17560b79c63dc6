using TongBan.Domain.People;

namespace TongBan.Activities;

/// <summary>In whose name a message of an approval system is written down.</summary>
internal static class Messages
{
    /// <summary>The authority's system as an actor.</summary>
    public static async Task<Actor> SenderAsync(CaseStep step)
    {
        var authority = await step.Desk.AuthorityAsync(step.Case);
        return new Actor("system:" + authority.Code, authority.Name + "审批系统", Role.System, Authority: authority.Code);
    }
}
