using System.Text.RegularExpressions;

namespace TongBan.Host.Mail.Bounces;

/// <summary>Why a mail could not be delivered.</summary>
/// <param name="Status">The status of RFC 3463, such as 5.1.1.</param>
/// <param name="Said">What the server said, on one line; null for nothing.</param>
internal sealed partial record BounceFailure(string Status, string? Said)
{
    private const int Most = 300;

    /// <summary>In plain words. https://www.iana.org/assignments/smtp-enhanced-status-codes</summary>
    public string Why => Status[2..] switch
    {
        "1.1" => "收件邮箱不存在",
        "1.2" or "4.4" => "收件邮箱的域名不存在或不接收邮件",
        "1.6" => "收件邮箱已迁走",
        "1.10" => "收件邮箱的域名不接收邮件",
        ['1', '.', ..] => "收件邮箱地址有误",
        "2.1" => "收件邮箱已停用",
        "2.2" => "收件邮箱已满",
        "2.3" or "3.4" => "邮件超过对方允许的大小",
        ['2', '.', ..] => "收件邮箱暂不可用",
        ['4', '.', ..] => "多次投递未能送达",
        ['7', '.', ..] => "对方邮件服务器按其安全规则拒收",
        _ => "对方邮件服务器未能投递",
    };

    internal static BounceFailure Of(string status, string? diagnostic)
    {
        // The type before the semicolon says what kind of server speaks, which is nothing to a clerk.
        var said = Blanks().Replace(diagnostic is null ? "" : diagnostic[(diagnostic.IndexOf(';', StringComparison.Ordinal) + 1)..], " ").Trim();
        return new(status, said.Length == 0 ? null : said.Length > Most ? said[..Most] + "…" : said);
    }

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
