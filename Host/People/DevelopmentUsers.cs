using TongBan.Domain.People;

namespace TongBan.Host.People;

/// <summary>The people of a development database; outside Development none of them is ever made.</summary>
internal static class DevelopmentUsers
{
    public const string Password = "TongBan-2026!";

    public static IReadOnlyList<User> All { get; } =
    [
        new("admin", "系统管理员", Role.Administrator),
        new("clerk.city", "市大厅综合窗口", Role.Clerk, Hall: "H441300", Window: 1),
        new("clerk.boluo", "博罗县大厅综合窗口", Role.Clerk, Hall: "H441322", Window: 1),
        new("approver.boluo", "博罗县市场监管审批员", Role.Approver, Authority: "441322-SCJG"),
        new("approver.city", "市市场监管审批员", Role.Approver, Authority: "441300-SCJG"),
        new("head.boluo", "博罗县市场监管负责人", Role.Approver, Authority: "441322-SCJG", IsHead: true),
        new("head.city", "市市场监管负责人", Role.Approver, Authority: "441300-SCJG", IsHead: true),
        new("logistics.city", "市大厅物流专员", Role.Logistics, Hall: "H441300"),
        new("supervisor", "督办人员", Role.Supervisor),
    ];

    /// <summary>Adds who is missing, in Development only.</summary>
    public static async Task PlantAsync(IServiceProvider services)
    {
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment())
            return;
        var users = services.GetRequiredService<UserStore>();
        var taken = await users.NamesAsync();
        foreach (var user in All.Where(user => !taken.Contains(user.UserName)))
            await users.AddAsync(user, Password);
    }
}
