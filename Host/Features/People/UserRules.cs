using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Domain.Places;

namespace TongBan.Host.Features.People;

/// <summary>What an account says of a person: the name, the role, and where.</summary>
internal sealed record UserDetails(string? Name, Role? Role, string? Hall = null, int? Window = null, string? Authority = null, string? Division = null, bool Head = false)
{
    /// <summary>The user; after <see cref="UserRules.CheckAsync"/> found nothing wrong.</summary>
    public User ToUser(string userName) => new(userName, Name!.Trim(), Role!.Value, Hall, Window, Authority, Head, Division);
}

/// <summary>What the details of an account must be: every role at a place that exists.</summary>
internal sealed class UserRules(PlaceStore places)
{
    private const int LongestName = 60;

    public async Task<Refusal?> CheckAsync(UserDetails details) => details switch
    {
        _ when string.IsNullOrWhiteSpace(details.Name) || details.Name.Length > LongestName => new FieldInvalid("name", $"请填写不超过 {LongestName} 字的姓名"),
        { Role: null or Role.System } => new FieldInvalid("role", "请选择岗位"),
        { Role: Role.Clerk, Hall: null } => new FieldInvalid("hall", "窗口人员须指定大厅"),
        { Role: Role.Approver, Authority: null } => new FieldInvalid("authority", "审批人员须指定审批部门"),
        { Hall: null, Window: not null } => new FieldInvalid("window", "填写窗口须先指定大厅"),
        { Hall: not null } when await AtHallAsync(details) is { } unfit => unfit,
        { Authority: { } authority } when await places.FindAuthorityAsync(authority) is null => new FieldInvalid("authority", $"没有编码为 {authority} 的审批部门"),
        { Division: { } division } when await places.FindDivisionAsync(division) is null => new FieldInvalid("division", $"没有编码为 {division} 的区划"),
        _ => null,
    };

    private async Task<Refusal?> AtHallAsync(UserDetails details)
    {
        if (await places.FindHallAsync(details.Hall!) is not { } hall)
            return new FieldInvalid("hall", $"没有编码为 {details.Hall} 的大厅");
        return details.Window is { } window && hall.Windows.All(one => one.Number != window) ? new FieldInvalid("window", $"{hall.Name}没有 {window} 号窗口") : null;
    }
}
