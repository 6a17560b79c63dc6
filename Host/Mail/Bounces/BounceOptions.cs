using System.ComponentModel.DataAnnotations;
using MailKit.Security;

namespace TongBan.Host.Mail.Bounces;

/// <summary>How the connection to the mailbox is guarded.</summary>
internal enum BounceSecurity
{
    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>TLS after the greeting (STLS, RFC 2595); without it nothing is said.</summary>
    StartTls,

    /// <summary>None; for a server on the same machine.</summary>
    None,
}

/// <summary>The settings <c>TongBan__Bounces__…</c>: the mailbox of the sender's address, which bounces come back to, over POP3. Without a host it is not read.</summary>
internal sealed class BounceOptions
{
    private const int PlainPort = 110;
    private const int TlsPort = 995;

    /// <summary>The POP3 server.</summary>
    public string? Host { get; init; }

    /// <summary>Its port; by default 995 with <see cref="BounceSecurity.Tls"/>, else 110.</summary>
    [Range(1, 65535)]
    public int? Port { get; init; }

    /// <summary>How the connection is guarded; TLS by default. The server's certificate must be trusted.</summary>
    [EnumDataType(typeof(BounceSecurity))]
    public BounceSecurity Security { get; init; } = BounceSecurity.Tls;

    /// <summary>The mailbox's account; needed with a host.</summary>
    public string? UserName { get; init; }

    /// <summary>Its password; needed with a host.</summary>
    public string? Password { get; init; }

    /// <summary>Whether a mailbox is configured.</summary>
    public bool IsOn => Host is { Length: > 0 };

    /// <summary>Whether it can be signed in to.</summary>
    internal bool IsWhole => !IsOn || (UserName is { Length: > 0 } && Password is { Length: > 0 });

    internal int EffectivePort => Port ?? (Security == BounceSecurity.Tls ? TlsPort : PlainPort);

    internal SecureSocketOptions Socket => Security switch
    {
        BounceSecurity.Tls => SecureSocketOptions.SslOnConnect,
        BounceSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
