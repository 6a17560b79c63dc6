using System.Security.Claims;
using System.Security.Cryptography;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.People;

/// <summary>A local user to add.</summary>
internal sealed record AddUserRequest(string? UserName, string? Name, Role? Role, string? Hall, int? Window, string? Authority, string? Division, bool Head = false)
{
    /// <summary>All but the sign-in name.</summary>
    internal UserDetails Details => new(Name, Role, Hall, Window, Authority, Division, Head);
}

/// <summary>A password that is good for one thing: choosing another.</summary>
internal sealed record FirstPassword(string UserName, string Password);

/// <summary>An account in the list.</summary>
internal sealed record AccountView(
    string UserName, string Name, Role Role, string? Hall, int? Window, string? Authority, string? Division, bool Head, bool Disabled, bool MustChange, DateTimeOffset? LockedUntil, string? Provider);

/// <summary>Closes or opens an account.</summary>
internal sealed record DisableUserRequest(bool Disabled, string? Reason);

/// <summary>No local user has this name.</summary>
internal sealed record UserUnknown() : Refusal(RefusalKind.NotFound, "user_unknown", "没有这个本地用户", "userName");

/// <summary>Accounts, for administrators: local ones are added with a first password, all can be closed.</summary>
internal sealed class Users(UserStore users, UserRules rules, SessionDesk sessions, AuditTrail audit)
{
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int FirstLength = 16;

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/users").RequireAuthorization(Policies.For(Act.KeepUsers));
        group.MapGet("", (Users handler) => handler.ListAsync()).WithSummary("All accounts");
        group.MapPost("", async (Users handler, AddUserRequest request, ClaimsPrincipal user) =>
            (await handler.AddAsync(request, user.ToActor())).Answer(first => Results.Created($"/api/users/{first.UserName}", first))).WithSummary("Add a local user; answers the first password, once");
        group.MapPost("/{userName}/password", async (Users handler, string userName, ClaimsPrincipal user) =>
            (await handler.ResetAsync(userName, user.ToActor())).Answer(Results.Ok)).WithSummary("Give a local user another first password");
        group.MapPost("/{userName}/disable", async (Users handler, string userName, DisableUserRequest request, ClaimsPrincipal user) =>
            (await handler.DisableAsync(userName, request, user.ToActor())).Answer(_ => Results.NoContent())).WithSummary("Close or open an account; its sessions end");
    }

    public async Task<IReadOnlyList<AccountView>> ListAsync() =>
        [.. (await users.ListAsync()).Select(one => new AccountView(
            one.User.UserName, one.User.Name, one.User.Role, one.User.Hall, one.User.Window, one.User.Authority, one.User.Division, one.User.IsHead, one.Disabled, one.MustChange, one.LockedUntil, one.Provider))];

    public async Task<Result<FirstPassword>> AddAsync(AddUserRequest request, Actor by)
    {
        if (await CheckAsync(request) is { } problem)
            return problem;
        var user = request.Details.ToUser(request.UserName!);
        var first = new FirstPassword(user.UserName, RandomNumberGenerator.GetString(Alphabet, FirstLength));
        if (!await users.AddAsync(user, first.Password, mustChange: true))
            return new UserNameTaken();
        await audit.AddAsync(by, "user.add", $"user/{user.UserName}", $"新增用户，岗位 {Codes.Of(user.Role)}，{user.Hall ?? user.Authority ?? user.Division ?? "全市"}");
        return first;
    }

    public async Task<Result<FirstPassword>> ResetAsync(string userName, Actor by)
    {
        if ((await users.ListAsync()).FirstOrDefault(one => one.User.UserName == userName) is not { Provider: null })
            return new UserUnknown();
        var first = new FirstPassword(userName, RandomNumberGenerator.GetString(Alphabet, FirstLength));
        await users.SetPasswordAsync(userName, first.Password, mustChange: true);
        await sessions.EndAllAsync(userName, SessionEnd.PasswordChanged, by);
        await audit.AddAsync(by, "user.password", $"user/{userName}", "重置密码");
        return first;
    }

    public async Task<Result<bool>> DisableAsync(string userName, DisableUserRequest request, Actor by)
    {
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > 200)
            return new FieldInvalid("reason", "请填写理由，不超过 200 字");
        if (userName == by.UserName)
            return new FieldInvalid("userName", "不能停用自己的账号");
        if (!await users.DisableAsync(userName, request.Disabled))
            return new UserUnknown();
        if (request.Disabled)
            await sessions.EndAllAsync(userName, SessionEnd.Disabled, by);
        await audit.AddAsync(by, "user.disable", $"user/{userName}", request.Disabled ? "停用账号" : "启用账号", request.Reason.Trim());
        return true;
    }

    private async Task<Refusal?> CheckAsync(AddUserRequest request) => request switch
    {
        { UserName: null or { Length: 0 or > 60 } } => new FieldInvalid("userName", "请填写不超过 60 位的用户名"),
        _ when !request.UserName.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '-' or '_' or '@') => new FieldInvalid("userName", "用户名由字母、数字和 . - _ @ 组成"),
        _ => await rules.CheckAsync(request.Details),
    };

    private sealed record UserNameTaken() : Refusal(RefusalKind.Conflict, "user_name_taken", "用户名已被使用", "userName");
}
