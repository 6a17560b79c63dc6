using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using TongBan.Domain.Audit;
using TongBan.Domain.People;

namespace TongBan.Host.People;

/// <summary>Access and refresh token, as Elsa's contract names them.</summary>
internal sealed record IssuedTokens(bool IsAuthenticated, string AccessToken, string RefreshToken);

/// <summary>Opens, renews and ends sessions, and writes down that it did.</summary>
internal sealed class SessionDesk(SessionStore sessions, UserStore users, Tokens tokens, SessionWatch watch, AuditTrail audit, IOptions<SignInOptions> options)
{
    /// <summary>A session of tokens.</summary>
    public async Task<IssuedTokens> OpenTokensAsync(User user, HttpContext context)
    {
        var once = Tokens.NewOnce();
        var session = await OpenAsync(user, SessionKind.Tokens, Tokens.HashOf(once), context);
        return new(true, tokens.IssueAccess(user, session), tokens.IssueRefresh(user, session, once));
    }

    /// <summary>A session of the pages: signs the browser in.</summary>
    public async Task OpenPagesAsync(User user, HttpContext context)
    {
        var session = await OpenAsync(user, SessionKind.Pages, null, context);
        var identity = new ClaimsIdentity([.. Claims.Of(user), new(Claims.Session, session.ToString())], CookieAuthenticationDefaults.AuthenticationScheme, Claims.Name, Claims.Role);
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity));
    }

    /// <summary>Uses up a refresh token for the next pair; null when its session is over. One that was used before ends its session.</summary>
    public async Task<IssuedTokens?> RefreshAsync(ClaimsPrincipal principal)
    {
        if (principal.SessionId() is not { } session || principal.FindFirstValue(Tokens.Once) is not { } used
            || await users.FindAsync(principal.FindFirstValue(Claims.UserName)!) is not { } user)
            return null;
        var next = Tokens.NewOnce();
        var outcome = await sessions.RotateAsync(session, Tokens.HashOf(used), Tokens.HashOf(next));
        if (outcome == RefreshOutcome.Rotated)
            return new(true, tokens.IssueAccess(user, session), tokens.IssueRefresh(user, session, next));
        watch.Forget(session);
        if (outcome == RefreshOutcome.Reused)
            await audit.AddAsync(user.ToActor(), "session.reused", Subject(session), "刷新令牌被重复使用，会话已终止");
        return null;
    }

    /// <summary>Ends one session; false when it was over already.</summary>
    public async Task<bool> EndAsync(Guid session, SessionEnd reason, Actor by)
    {
        if (!await sessions.EndAsync(session, reason, by.UserName))
            return false;
        watch.Forget(session);
        await audit.AddAsync(by, "session.end", Subject(session), $"终止会话：{Domain.Codes.Of(reason)}");
        return true;
    }

    /// <summary>Ends all sessions of a person.</summary>
    /// <returns>How many were open.</returns>
    public async Task<int> EndAllAsync(string userName, SessionEnd reason, Actor by)
    {
        var ended = await sessions.EndAllAsync(userName, reason, by.UserName);
        foreach (var session in ended)
            watch.Forget(session);
        if (ended.Count > 0)
            await audit.AddAsync(by, "session.end", $"user/{userName}", $"终止全部 {ended.Count} 个会话：{Domain.Codes.Of(reason)}");
        return ended.Count;
    }

    private async Task<Guid> OpenAsync(User user, SessionKind kind, byte[]? refreshHash, HttpContext context)
    {
        var session = await sessions.OpenAsync(
            user.UserName, kind, options.Value.SessionLifetime, refreshHash, context.Connection.RemoteIpAddress?.ToString(), context.Request.Headers.UserAgent.ToString());
        await audit.AddAsync(user.ToActor(), "session.open", Subject(session), "登录");
        return session;
    }

    private static string Subject(Guid session) => $"session/{session}";
}
