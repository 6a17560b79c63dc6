using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace TongBan.Testing.Smtp;

/// <summary>A mail as the server took it.</summary>
/// <param name="From">The envelope's sender.</param>
/// <param name="To">The envelope's recipients.</param>
/// <param name="Secure">Whether it came over TLS.</param>
/// <param name="EnvelopeId">What a delivery report about it is to name it by; null when none was asked for.</param>
/// <param name="Raw">Its bytes.</param>
public sealed record TakenMail(string From, IReadOnlyList<string> To, bool Secure, string? EnvelopeId, byte[] Raw);

/// <summary>A real SMTP server in a process of its own, which ends with this process and proves to nobody who it is. How it treats a recipient, <c>server.mjs</c> says.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<TakenMail> _taken = [];
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SmtpServer()
    {
        var script = typeof(SmtpServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "SmtpServer").Value!;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var start = new ProcessStartInfo("node", [script]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["SMTP_KEY"] = key.ExportPkcs8PrivateKeyPem();
        start.Environment["SMTP_CERTIFICATE"] = certificate.ExportCertificatePem();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
    }

    /// <summary>All that was taken.</summary>
    public IReadOnlyList<TakenMail> Taken
    {
        get
        {
            lock (_taken)
                return [.. _taken];
        }
    }

    /// <summary>The port, once it listens.</summary>
    public Task<int> PortAsync() => _port.Task.WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>What was taken for this address.</summary>
    public IReadOnlyList<TakenMail> For(string address) => [.. Taken.Where(mail => mail.To.Contains(address, StringComparer.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        var said = JsonSerializer.Deserialize<JsonElement>(line);
        if (said.TryGetProperty("port", out var port))
        {
            _port.TrySetResult(port.GetInt32());
            return;
        }

        var to = said.GetProperty("to").EnumerateArray().Select(address => address.GetString()!).ToList();
        var envelopeId = said.TryGetProperty("report", out var id) ? id.GetString() : null;
        lock (_taken)
            _taken.Add(new TakenMail(said.GetProperty("from").GetString()!, to, said.GetProperty("secure").GetBoolean(), envelopeId, said.GetProperty("raw").GetBytesFromBase64()));
    }
}
