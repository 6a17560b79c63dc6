using TongBan.Testing.Smtp;

namespace TongBan.Host.Tests.Mail;

/// <summary>A host that sends its mails to a real SMTP server, and loses patience soon.</summary>
public class MailFixture : HostFixture
{
    private int _port;

    internal SmtpServer Server { get; } = new();

    protected override IEnumerable<string> Settings =>
    [
        "--TongBan:Smtp:Host=127.0.0.1", $"--TongBan:Smtp:Port={_port}", "--TongBan:Smtp:From=noreply@city.example",
        "--TongBan:Partners:Attempt=00:00:02", "--TongBan:Partners:FirstPause=00:00:00.05",
    ];

    public override async ValueTask InitializeAsync()
    {
        _port = await Server.PortAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
