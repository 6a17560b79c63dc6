using Microsoft.AspNetCore.Mvc;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.People;
using TongBan.Host.Problems;

namespace TongBan.Host.People;

/// <summary>The present password and the next, by somebody who is not signed in yet.</summary>
internal sealed record ChangePasswordRequest(string? UserName, string? Password, string? NewPassword);

/// <summary>Changes a password, at the first use or whenever its owner likes; all sessions of the account end.</summary>
internal sealed class ChangePassword(CheckedSignIn signIn, UserStore users, SessionDesk sessions, AuditTrail audit)
{
    public static void Map(WebApplication app)
    {
        app.MapPost("/api/me/password", async (HttpContext context, ChangePassword handler, ChangePasswordRequest request) =>
            await handler.HandleAsync(context, request) is { } result ? result.Answer(_ => Results.NoContent()) : SignIn.TooMany())
            .AllowAnonymous().WithTags("Sign-in").WithSummary("Change the password; all sessions of the account end");
        app.MapPost("/session/password", async (
            HttpContext context, ChangePassword handler, [FromForm] string? username, [FromForm] string? password, [FromForm] string? newPassword, [FromForm] string? again, [FromForm] string? returnUrl) =>
        {
            var next = Uri.EscapeDataString(SignIn.IsLocal(returnUrl) ? returnUrl! : "/");
            var page = $"/change-password?user={Uri.EscapeDataString(username ?? "")}&returnUrl={next}";
            if (newPassword != again)
                return Results.Redirect(page + "&problem=again");
            return await handler.HandleAsync(context, new(username, password, newPassword)) switch
            {
                null => Results.Redirect($"/sign-in?busy=true&returnUrl={next}"),
                { Refusal: { } refusal } => Results.Redirect($"{page}&problem={refusal.Code}"),
                _ => Results.Redirect($"/sign-in?changed=true&returnUrl={next}"),
            };
        }).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Null when there were too many tries.</summary>
    public async Task<Result<bool>?> HandleAsync(HttpContext context, ChangePasswordRequest request)
    {
        var (old, next) = (request.Password ?? "", request.NewPassword ?? "");
        if (await signIn.CheckAsync(context, request.UserName ?? "", old) is not { } check)
            return null;
        if (check.User is not { } user)
            return new PasswordWrong();
        if (PasswordRules.Check(user.UserName, old, next) is { } unfit)
            return unfit;
        await users.SetPasswordAsync(user.UserName, next);
        await sessions.EndAllAsync(user.UserName, SessionEnd.PasswordChanged, user.ToActor());
        await audit.AddAsync(user.ToActor(), "user.password", $"user/{user.UserName}", "修改密码");
        return true;
    }
}
