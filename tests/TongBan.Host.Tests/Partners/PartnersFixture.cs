using WireMock.Server;

namespace TongBan.Host.Tests.Partners;

/// <summary>A host whose partners are one server of the tests' own behind a wire of its own, and that loses patience soon.</summary>
public class PartnersFixture : HostFixture
{
    internal const string Secret = "a-secret-that-both-know";

    /// <summary>The authority that works with a system of its own.</summary>
    internal const string Authority = "441303-SCJG";

    private TroubledWire? _wire;

    internal WireMockServer Server { get; } = WireMockServer.Start();

    internal TroubledWire Wire => _wire ??= new TroubledWire(Server.Port);

    /// <summary>How long messages that make no sense yet are tried.</summary>
    protected virtual TimeSpan PutAsideAfter => TimeSpan.Zero;

    protected override IEnumerable<string> Settings =>
    [
        $"--TongBan:Courier:BaseUrl={Wire.Address}/courier", $"--TongBan:Courier:Secret={Secret}",
        $"--TongBan:Approvals:{Authority}:BaseUrl={Wire.Address}/approval", $"--TongBan:Approvals:{Authority}:Secret={Secret}",
        $"--TongBan:Sms:BaseUrl={Wire.Address}/sms", $"--TongBan:Sms:Secret={Secret}",
        "--TongBan:Partners:Attempt=00:00:02", "--TongBan:Partners:FirstPause=00:00:00.02", "--TongBan:Partners:MostAttempts=5",
        "--TongBan:Partners:BreakAfter=1000", $"--TongBan:Partners:PutAsideAfter={PutAsideAfter}",
    ];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _wire?.Dispose();
        Server.Dispose();
        GC.SuppressFinalize(this);
    }
}
