using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TongBan.Domain.Materials.Content.Cleaning;

/// <summary>Where ClamAV's daemon listens.</summary>
public sealed class ClamAvOptions
{
    /// <summary><c>host:port</c>, or the path of its socket; none: files are not scanned for viruses.</summary>
    public string? Address { get; set; }

    /// <summary>How long a scan may take; 30 seconds unless set.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>ClamAV over its socket, by the command INSTREAM (man clamd): chunks with their length before them, then an empty one.</summary>
public sealed partial class ClamAvScanner(IOptions<ClamAvOptions> options, TimeProvider time, ILogger<ClamAvScanner> logger) : IVirusScanner
{
    private const int Chunk = 64 * 1024;
    private const int LongestAnswer = 4096;

    /// <inheritdoc/>
    public async Task<Refusal?> ScanAsync(ReadOnlyMemory<byte> file, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            var answer = await AskAsync(file, either.Token);
            if (answer.EndsWith(" OK", StringComparison.Ordinal))
                return null;
            if (!answer.EndsWith(" FOUND", StringComparison.Ordinal))
                return Away(answer);
            LogFound(logger, answer);
            return new FileInfected();
        }
        catch (Exception exception) when (exception is SocketException or IOException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return Away(exception.Message);
        }
    }

    private async Task<string> AskAsync(ReadOnlyMemory<byte> file, CancellationToken cancellation)
    {
        using var socket = await ConnectAsync(options.Value.Address!, cancellation);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), cancellation);
        var length = new byte[sizeof(int)];
        for (var at = 0; at < file.Length; at += Chunk)
        {
            var chunk = file.Slice(at, Math.Min(Chunk, file.Length - at));
            BinaryPrimitives.WriteInt32BigEndian(length, chunk.Length);
            await stream.WriteAsync(length, cancellation);
            await stream.WriteAsync(chunk, cancellation);
        }

        await stream.WriteAsync(new byte[sizeof(int)], cancellation);
        var answer = new byte[LongestAnswer];
        var read = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, cancellation);
        return Encoding.UTF8.GetString(answer, 0, read).TrimEnd('\0', '\n');
    }

    private static async Task<Socket> ConnectAsync(string address, CancellationToken cancellation)
    {
        var isPath = address.StartsWith('/');
        var socket = isPath ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            var colon = address.LastIndexOf(':');
            if (isPath)
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(address), cancellation);
            else
                await socket.ConnectAsync(address[..colon], int.Parse(address.AsSpan(colon + 1), provider: null), cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private ScannerAway Away(string reason)
    {
        LogAway(logger, reason);
        return new();
    }

    [LoggerMessage(LogLevel.Warning, "A file that was handed in was refused by the virus scanner: {Answer}")]
    private static partial void LogFound(ILogger logger, string answer);

    [LoggerMessage(LogLevel.Error, "The virus scanner of TongBan__ClamAv__Address does not answer: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);
}
