using System.Diagnostics;
using Dapper;
using Npgsql;
using TongBan.Testing.Smtp;

namespace TongBan.Benchmarks.Soak;

/// <summary>
/// Very many cases against partners that fail, with hosts killed at random: every case ends, and no decision, parcel, number or
/// mail is there twice. What counts is what the partners saw.
/// </summary>
internal sealed class SoakRun(SoakOptions options, string connectionString, string folder, Action<string> tell)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Tell = TimeSpan.FromSeconds(30);

    private readonly PartnerFaults _faults = new(options.Failing, options.Seed);

    public async Task<SoakReport> RunAsync()
    {
        var began = Stopwatch.GetTimestamp();
        await using var smtp = new SmtpServer();
        await using var source = NpgsqlDataSource.Create(connectionString);
        var settings = new List<string>();
        await using var hosts = new SoakHosts(folder, settings);
        using var callbacks = new PartnerCallbacks(hosts, _faults, options);
        await using var partners = new FaultyPartners(_faults, callbacks);
        await partners.StartAsync();
        settings.AddRange(Settings(partners.Address, await smtp.PortAsync()));
        await hosts.StartAsync();
        using var staff = new SoakStaff(hosts);
        await staff.SignInAsync();

        using var ended = new CancellationTokenSource();
        var killing = hosts.KillAsync(new Random(options.Seed), options, ended.Token);
        var cases = Enumerable.Range(0, options.Cases).Select(index => new SoakCase(index, staff, partners)).ToList();
        using var progress = new Timer(_ => tell($"{Stopwatch.GetElapsedTime(began):hh\\:mm\\:ss}  {cases.Count(each => each.IsArchived):N0} of {cases.Count:N0} archived, {hosts.Kills} kills"), null, Tell, Tell);
        await PlayAsync(cases);
        await ended.CancelAsync();
        await killing;
        var isQuiet = await BecomesQuietAsync(source, callbacks);
        var report = await SoakReport.ReadAsync(source, cases, partners, smtp, callbacks, _faults, hosts.Kills, isQuiet, Stopwatch.GetElapsedTime(began));
        var exits = await hosts.TerminateAsync();
        return report with { ExitCodes = exits };
    }

    /// <summary>As many at once as there are people to look after them; one that no longer moves ends the soak.</summary>
    private async Task PlayAsync(List<SoakCase> cases)
    {
        using var stuck = new CancellationTokenSource();
        var last = Stopwatch.GetTimestamp();
        var next = -1;
        async Task WorkAsync()
        {
            for (var index = Interlocked.Increment(ref next); index < cases.Count; index = Interlocked.Increment(ref next))
            {
                await cases[index].PlayAsync(stuck.Token);
                Interlocked.Exchange(ref last, Stopwatch.GetTimestamp());
            }
        }

        var work = Task.WhenAll(Enumerable.Range(0, options.AtOnce).Select(_ => WorkAsync()));
        while (await Task.WhenAny(work, Task.Delay(Look)) != work)
        {
            if (Stopwatch.GetElapsedTime(Interlocked.Read(ref last)) > options.Stuck)
                await stuck.CancelAsync();
        }

        await work;
    }

    /// <summary>Whether everything that was to be called and heard was, in the end.</summary>
    private async Task<bool> BecomesQuietAsync(NpgsqlDataSource source, PartnerCallbacks callbacks)
    {
        await using var connection = await source.OpenConnectionAsync();
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < options.Stuck)
        {
            var waiting = await connection.ExecuteScalarAsync<int>(
                "select (select count(*) from tongban.partner_calls where state = 'pending') + (select count(*) from tongban.partner_messages where applied_at is null and aside_at is null)");
            if (waiting + callbacks.Waiting == 0)
                return true;
            await Task.Delay(Look);
        }

        return false;
    }

    private IEnumerable<string> Settings(string partners, int smtpPort) =>
    [
        $"--ConnectionStrings:TongBan={connectionString}",
        $"--TongBan:Courier:BaseUrl={partners}/courier", $"--TongBan:Courier:Secret={FaultyPartners.Secret}",
        $"--TongBan:Sms:BaseUrl={partners}/sms", $"--TongBan:Sms:Secret={FaultyPartners.Secret}",
        .. new[] { "441322-RS", "441303-SCJG" }.SelectMany(authority => new[]
        {
            $"--TongBan:Approvals:{authority}:BaseUrl={partners}/approval/{authority}", $"--TongBan:Approvals:{authority}:Secret={FaultyPartners.Secret}",
        }),
        "--TongBan:Smtp:Host=127.0.0.1", $"--TongBan:Smtp:Port={smtpPort}",
        "--TongBan:Partners:Attempt=00:00:02", "--TongBan:Partners:FirstPause=00:00:00.5", "--TongBan:Partners:MostAttempts=20",
        "--TongBan:Partners:BreakAfter=20", "--TongBan:Partners:PollAfter=00:01:00", "--TongBan:SignIn:AccessMinutes=60", "--TongBan:SignIn:AttemptsPerMinute=10000",
    ];
}
