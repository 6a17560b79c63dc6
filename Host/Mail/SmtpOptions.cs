using System.ComponentModel.DataAnnotations;

namespace TongBan.Host.Mail;

/// <summary>Where mail goes; without a host it stays in the sandbox's mailbox.</summary>
internal sealed class SmtpOptions
{
    /// <summary>The SMTP server.</summary>
    public string? Host { get; init; }

    /// <summary>Its port; 25 by default.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 25;

    /// <summary>The sender's address.</summary>
    [EmailAddress]
    public string From { get; init; } = "noreply@tongban.invalid";

    /// <summary>The name beside it; 全市通办 by default.</summary>
    public string FromName { get; init; } = "全市通办";

    /// <summary>The account, when the server wants one.</summary>
    public string? UserName { get; init; }

    /// <summary>
    /// Whether the connection must be encrypted to a server that proves who it is; else it is encrypted where the server offers
    /// it, whoever it is (RFC 7435). Default false.
    /// </summary>
    public bool RequireTls { get; init; }

    /// <summary>The account's password.</summary>
    public string? Password { get; init; }
}
