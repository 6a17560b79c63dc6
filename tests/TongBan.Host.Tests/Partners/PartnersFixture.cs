using WireMock.Server;

namespace TongBan.Host.Tests.Partners;

/// <summary>A host whose partners are one server of the tests' own, and that loses patience soon.</summary>
public sealed class PartnersFixture : HostFixture
{
    internal const string Secret = "a-secret-that-both-know";

    internal WireMockServer Server { get; } = WireMockServer.Start();

    protected override IEnumerable<string> Settings =>
    [
        $"--TongBan:Courier:BaseUrl={Server.Url}/courier", $"--TongBan:Courier:Secret={Secret}",
        $"--TongBan:Approvals:441303-SCJG:BaseUrl={Server.Url}/approval", $"--TongBan:Approvals:441303-SCJG:Secret={Secret}",
        $"--TongBan:Sms:BaseUrl={Server.Url}/sms", $"--TongBan:Sms:Secret={Secret}",
        "--TongBan:Partners:Attempt=00:00:02", "--TongBan:Partners:FirstPause=00:00:00.02", "--TongBan:Partners:MostAttempts=5",
        "--TongBan:Partners:BreakAfter=1000", "--TongBan:Partners:PutAsideAfter=00:00:00",
    ];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Server.Dispose();
    }
}
