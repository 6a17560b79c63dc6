namespace TongBan.Domain.People;

/// <summary>What somebody does in the city's service (岗位).</summary>
public enum Role
{
    /// <summary>窗口人员: receives at a window of one hall.</summary>
    Clerk,

    /// <summary>审批人员: decides for one authority.</summary>
    Approver,

    /// <summary>物流专员: hands parcels over and follows them.</summary>
    Logistics,

    /// <summary>管理员: keeps catalogue, places, users and workflows.</summary>
    Administrator,

    /// <summary>督办人员: watches limits and ratings.</summary>
    Supervisor,

    /// <summary>审计人员: reads the audit trail and sees, masked, what it is about.</summary>
    Auditor,

    /// <summary>The product itself: workflows, timers and call-backs.</summary>
    System,
}

/// <summary>Who acts, and where: written to the timeline and the audit trail with every change.</summary>
/// <param name="UserName">The sign-in name, or <c>system</c>.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="Role">What the person does.</param>
/// <param name="Hall">The code of the hall where the person works, if at a hall.</param>
/// <param name="Window">The window's number in that hall.</param>
/// <param name="Authority">The code of the authority for which the person decides.</param>
/// <param name="IsHead">Whether the person heads that authority (部门负责人): grants extensions, and is told of limits that have passed.</param>
/// <param name="Division">The code of the division that the person looks after; null is the whole city.</param>
public sealed record Actor(string UserName, string Name, Role Role, string? Hall = null, int? Window = null, string? Authority = null, bool IsHead = false, string? Division = null)
{
    /// <summary>The product itself.</summary>
    public static Actor System { get; } = new("system", "系统", Role.System);
}
