using Hangfire;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using TongBan.Host.Mail.Bounces;
using TongBan.Testing.Pop3;

namespace TongBan.Host.Tests.Mail.Bounces;

/// <summary>A host that reads a bounce mailbox. It is read when a test says so and not each minute.</summary>
public sealed class BouncesFixture : MailFixture
{
    internal Pop3Server Mailbox { get; } = new();

    /// <summary>Whether the host would have read it by itself, and how often.</summary>
    internal string? Schedule { get; private set; }

    protected override IEnumerable<string> Settings =>
    [
        .. base.Settings, "--TongBan:Bounces:Host=127.0.0.1", $"--TongBan:Bounces:Port={Mailbox.Port}", "--TongBan:Bounces:Security=None",
        $"--TongBan:Bounces:UserName={Pop3Server.UserName}", $"--TongBan:Bounces:Password={Pop3Server.Password}",
    ];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        using var hangfire = Host.Services.GetRequiredService<JobStorage>().GetConnection();
        Schedule = hangfire.GetRecurringJobs([BounceJob.Name]).Single().Cron;
        Host.Services.GetRequiredService<IRecurringJobManager>().RemoveIfExists(BounceJob.Name);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Mailbox.DisposeAsync();
    }

    /// <summary>One run of the job.</summary>
    internal async Task ReadAsync()
    {
        await using var scope = Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<BounceJob>().RunAsync(CancellationToken.None);
    }
}
