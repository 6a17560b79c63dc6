namespace TongBan.Domain.People;

/// <summary>How a session is carried.</summary>
public enum SessionKind
{
    /// <summary>A browser's cookie.</summary>
    Pages,

    /// <summary>Access and refresh tokens.</summary>
    Tokens,
}

/// <summary>Why a session ended before its time.</summary>
public enum SessionEnd
{
    /// <summary>退出登录.</summary>
    SignedOut,

    /// <summary>被终止: by the person elsewhere, or by an administrator.</summary>
    Revoked,

    /// <summary>A refresh token came that had been used before: somebody copied it.</summary>
    TokenReused,

    /// <summary>修改密码.</summary>
    PasswordChanged,

    /// <summary>停用.</summary>
    Disabled,
}

/// <summary>A sign-in that lasts: listed, and ended from elsewhere.</summary>
/// <param name="Address">From where it was opened.</param>
/// <param name="Agent">The browser or program, as it names itself.</param>
public sealed record Session(
    Guid Id, string UserName, SessionKind Kind, DateTimeOffset OpenedAt, DateTimeOffset SeenAt, DateTimeOffset ExpiresAt, string? Address, string? Agent,
    DateTimeOffset? EndedAt, SessionEnd? EndReason);
