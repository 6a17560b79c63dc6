using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.Materials.Content.Cleaning;
using Xunit;

namespace TongBan.Domain.Tests.Materials.Content;

/// <summary>The scanner against ClamAV's own daemon, with a signature database of one sample.</summary>
public sealed class ClamdTests : IDisposable
{
    private const string Marker = "TONGBAN-SAMPLE-VIRUS";

    private readonly string _folder = Directory.CreateTempSubdirectory("tongban-clamd-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Scan_ByClamAv_RefusesWhatItsDatabaseKnows()
    {
        var program = Programs("clamd").FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "ClamAV's daemon is not installed here (Debian: clamav-daemon).");
        using var daemon = await StartAsync(program);
        try
        {
            var intake = new MaterialIntake(
                new DiskContentStore(Options.Create(new DiskContentOptions { Directory = Path.Combine(_folder, "kept") })),
                new ClamAvScanner(Options.Create(new ClamAvOptions { Address = Path.Combine(_folder, "socket") }), TimeProvider.System, NullLogger<ClamAvScanner>.Instance));
            byte[] infected = [.. SampleFiles.Pdf(2), .. Encoding.ASCII.GetBytes(Marker)];

            (await intake.TakeAsync(new MemoryStream(SampleFiles.Pdf(2)))).Refusal.ShouldBeNull();
            (await intake.TakeAsync(new MemoryStream(infected))).Refusal.ShouldBeOfType<FileInfected>();
        }
        finally
        {
            daemon.Kill();
            await daemon.WaitForExitAsync();
        }
    }

    private async Task<Process> StartAsync(string program)
    {
        var database = Directory.CreateDirectory(Path.Combine(_folder, "database")).FullName;
        await File.WriteAllTextAsync(Path.Combine(database, "sample.ndb"), $"Sample.Marker:0:*:{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(Marker))}\n");
        var settings = Path.Combine(_folder, "clamd.conf");
        await File.WriteAllLinesAsync(settings, [$"LocalSocket {Path.Combine(_folder, "socket")}", $"DatabaseDirectory {database}", "Foreground yes", .. Environment.UserName == "root" ? ["User root"] : Array.Empty<string>()]);
        var daemon = Process.Start(new ProcessStartInfo(program, ["--config-file", settings]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = new StringBuilder();
        while (await daemon.StandardOutput.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (line.Contains("Self checking", StringComparison.Ordinal))
                return daemon;
        }

        throw new InvalidOperationException($"ClamAV's daemon did not start: {said}{await daemon.StandardError.ReadToEndAsync()}");
    }

    private static IEnumerable<string> Programs(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin").Select(folder => Path.Combine(folder, name));
}
