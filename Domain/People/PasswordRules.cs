namespace TongBan.Domain.People;

/// <summary>The new password is too easy to guess, or the old one again.</summary>
public sealed record PasswordUnfit(string Problem) : Refusal(RefusalKind.Invalid, "password_unfit", Problem, "newPassword");

/// <summary>The sign-in name or the present password is wrong, or the account is closed for a while.</summary>
public sealed record PasswordWrong() : Refusal(RefusalKind.Invalid, "password_wrong", "用户名或原密码不正确，或账号已暂时锁定", "password");

/// <summary>What a password must be: long rather than odd (NIST SP 800-63B, 3.1.1).</summary>
public static class PasswordRules
{
    /// <summary>The fewest signs.</summary>
    public const int Shortest = 12;

    private const int Longest = 128;
    private const int FewestDifferent = 5;

    /// <summary>What is wrong with a new password, or null.</summary>
    public static PasswordUnfit? Check(string userName, string old, string next) => next switch
    {
        { Length: < Shortest } => new($"新密码至少 {Shortest} 位"),
        { Length: > Longest } => new($"新密码不超过 {Longest} 位"),
        _ when next == old => new("新密码不能与原密码相同"),
        _ when next.Contains(userName, StringComparison.OrdinalIgnoreCase) => new("新密码不能包含用户名"),
        _ when next.Distinct().Count() < FewestDifferent => new("新密码过于简单，请使用更多不同的字符"),
        _ => null,
    };
}
