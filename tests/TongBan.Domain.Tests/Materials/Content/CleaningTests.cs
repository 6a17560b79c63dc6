using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using SkiaSharp;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.Materials.Content.Cleaning;
using Xunit;

namespace TongBan.Domain.Tests.Materials.Content;

/// <summary>What acts by itself or hides in a file does not get in.</summary>
public sealed class CleaningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tongban-content-").FullName;
    private readonly DiskContentStore _contents;

    public CleaningTests() => _contents = new DiskContentStore(Options.Create(new DiskContentOptions { Directory = _folder }));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")]
    [InlineData("/OpenAction << /S /J#61vaScript /#4aS (app.alert\\(1\\)) >>")]
    [InlineData("/AA << /O << /S /Launch /F (calc.exe) >> >>")]
    [InlineData("/Names << /EmbeddedFiles << /Names [(a.exe) 9 0 R] >> >>")]
    [InlineData("/AcroForm << /XFA 9 0 R >>")]
    public async Task Pdf_WithSomethingThatActs_IsTakenWithoutIt(string active)
    {
        var file = SampleFiles.Pdf(1, $"1 0 obj\n<< /Type /Catalog /Pages 2 0 R {active} >>\nendobj");

        var kept = await KeptAsync(file);

        kept.Length.ShouldBe(file.Length);
        foreach (var name in (string[])["JavaScript", "J#61vaScript", "/JS", "#4aS", "OpenAction", "/AA", "Launch", "EmbeddedFiles", "XFA"])
            Encoding.Latin1.GetString(kept).ShouldNotContain(name);
        FileNature.Of(kept).ShouldBe(new FileNature(FileKind.Pdf, 1));
    }

    [Fact]
    public async Task Pdf_WithoutAnythingThatActs_StaysByteForByte()
    {
        var file = SampleFiles.Pdf(3);

        (await KeptAsync(file)).ShouldBe(file);
    }

    [Theory]
    [InlineData("<< /Type /Action /S /JavaScript /JS (app.alert(1)) >>")]
    [InlineData("<< /OpenAction 5 0 R >>")]
    public async Task Pdf_WithSomethingThatActsInPackedObjects_IsRefused(string packed) =>
        (await Intake().TakeAsync(new MemoryStream(PackedPdf(packed)))).Refusal.ShouldBeOfType<PdfActive>();

    [Fact]
    public async Task Pdf_Encrypted_IsRefused() =>
        (await Intake().TakeAsync(new MemoryStream(SampleFiles.Pdf(1, "trailer << /Root 1 0 R /Encrypt 9 0 R >>")))).Refusal.ShouldBeOfType<PdfActive>();

    [Fact]
    public async Task Pdf_OfTooManyPages_IsRefused() =>
        (await Intake().TakeAsync(new MemoryStream(SampleFiles.Pdf(MaterialIntake.MostPages + 1)))).Refusal.ShouldBeOfType<FileTooExtensive>();

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public async Task Image_WithSomethingBehindIt_IsDrawnAnewWithoutIt(SKEncodedImageFormat format)
    {
        byte[] file = [.. Image(format), .. "<script>alert(1)</script><?php system('id'); ?>"u8];

        var kept = await KeptAsync(file);

        Encoding.Latin1.GetString(kept).ShouldNotContain("script");
        using var drawn = SKBitmap.Decode(kept);
        (drawn.Width, drawn.Height).ShouldBe((40, 30));
        drawn.GetPixel(20, 15).Red.ShouldBeGreaterThan((byte)200);
    }

    [Fact]
    public async Task Image_ThatCannotBeDrawn_IsRefused() =>
        (await Intake().TakeAsync(new MemoryStream(SampleFiles.Png))).Refusal.ShouldBeOfType<FileDamaged>();

    [Fact]
    public async Task Image_ThatUnpacksToMoreThanAnybodyScans_IsRefusedByItsHeader()
    {
        var bomb = Image(SKEncodedImageFormat.Png);
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(20), 60_000);
        BinaryPrimitives.WriteUInt32BigEndian(bomb.AsSpan(29), Crc32(bomb.AsSpan(12, 17)));

        (await Intake().TakeAsync(new MemoryStream(bomb))).Refusal.ShouldBeOfType<FileTooExtensive>();
    }

    [Fact]
    public async Task Scanner_HearsTheWholeFileInChunks_AndAnInfectedOneIsRefused()
    {
        byte[] file = [.. SampleFiles.Pdf(2), .. Enumerable.Repeat((byte)' ', 200_000), .. "EICAR-SAMPLE"u8];
        await using var scanner = new Clamd(received => received.AsSpan().IndexOf("EICAR-SAMPLE"u8) >= 0 ? "stream: Sample-Signature FOUND" : "stream: OK");

        (await Intake(scanner.Address).TakeAsync(new MemoryStream(SampleFiles.Pdf(2)))).Refusal.ShouldBeNull();
        (await Intake(scanner.Address).TakeAsync(new MemoryStream(file))).Refusal.ShouldBeOfType<FileInfected>();

        scanner.Received[1].ShouldBe(file);
    }

    [Fact]
    public async Task Scanner_ThatDoesNotAnswer_LetsNothingIn()
    {
        string address;
        await using (var gone = new Clamd(_ => ""))
            address = gone.Address;

        (await Intake(address).TakeAsync(new MemoryStream(SampleFiles.Pdf(1)))).Refusal.ShouldBeOfType<ScannerAway>();
        Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    internal static byte[] Image(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(40, 30);
        bitmap.Erase(SKColors.Red);
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    private MaterialIntake Intake(string? clamAv = null) => new(_contents, clamAv is null
        ? new NoVirusScanner()
        : new ClamAvScanner(Options.Create(new ClamAvOptions { Address = clamAv }), TimeProvider.System, NullLogger<ClamAvScanner>.Instance));

    private async Task<byte[]> KeptAsync(byte[] file)
    {
        var taken = (await Intake().TakeAsync(new MemoryStream(file))).Value;
        await using var stored = (await _contents.OpenAsync(taken.Sha256)).ShouldNotBeNull();
        var read = new MemoryStream();
        await stored.CopyToAsync(read);
        return read.ToArray();
    }

    private static byte[] PackedPdf(string content)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(Encoding.Latin1.GetBytes("5 0 " + content));
        return
        [
            .. Encoding.Latin1.GetBytes($"%PDF-1.7\n9 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {packed.Length}>>stream\r\n"),
            .. packed.ToArray(),
            .. "\nendstream\nendobj\nstartxref\n0\n%%EOF"u8,
        ];
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var each in bytes)
        {
            crc ^= each;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }

    /// <summary>A server on a real socket that speaks the scanner's protocol.</summary>
    private sealed class Clamd : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;

        public Clamd(Func<byte[], string> judge)
        {
            _listener.Start();
            _serving = ServeAsync(judge);
        }

        public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public List<byte[]> Received { get; } = [];

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
        }

        private async Task ServeAsync(Func<byte[], string> judge)
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    await using var stream = client.GetStream();
                    var command = new byte[10];
                    await stream.ReadExactlyAsync(command);
                    Encoding.ASCII.GetString(command).ShouldBe("zINSTREAM\0");
                    var content = new MemoryStream();
                    var length = new byte[4];
                    while (true)
                    {
                        await stream.ReadExactlyAsync(length);
                        var chunk = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
                        if (chunk.Length == 0)
                            break;
                        await stream.ReadExactlyAsync(chunk);
                        content.Write(chunk);
                    }

                    Received.Add(content.ToArray());
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(judge(content.ToArray()) + "\0"));
                }
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
