using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Domain.Partners;
using TongBan.Host.Partners;
using Xunit;

namespace TongBan.Host.Tests.Partners;

/// <summary>Calls to partners go where the settings say, and nowhere else inside.</summary>
public sealed class PartnerConnectTests(PartnerConnectTests.Fixture fixture) : IClassFixture<PartnerConnectTests.Fixture>
{
    [Theory]
    [InlineData("courier.intern", 8443, "10.1.2.3", true)]
    [InlineData("courier.intern", 22, "10.1.2.3", false)]
    [InlineData("other.intern", 8443, "10.1.2.3", false)]
    [InlineData("courier.intern", 8443, "169.254.169.254", false)]
    [InlineData("courier.intern", 8443, "::ffff:169.254.169.254", false)]
    [InlineData("courier.intern", 8443, "fe80::1", false)]
    [InlineData("courier.intern", 8443, "0.0.0.0", false)]
    [InlineData("elsewhere.example", 443, "192.168.1.1", false)]
    [InlineData("elsewhere.example", 443, "8.8.8.8", true)]
    public void Call_GoesToNamedHostsAndPublicAddressesOnly(string host, int port, string address, bool expected) =>
        fixture.Host.Services.GetRequiredService<PartnerConnect>().Allows(host, port, IPAddress.Parse(address)).ShouldBe(expected);

    [Fact]
    public async Task Redirect_OfAPartner_IsNotFollowed()
    {
        var answer = await fixture.Host.Services.GetRequiredService<PartnerClient>().SendAsync(PartnerKind.Approval, "441303-SCJG", HttpMethod.Get, "cases/1", "key", null, CancellationToken.None);

        answer.ShouldBeOfType<PartnerAnswer.Refused>().Status.ShouldBe(302);
        fixture.Reached.ShouldBe(0);
    }

    public sealed class Fixture : HostFixture
    {
        private readonly HttpListener _partner = new();
        private readonly int _port = FreePort();

        /// <summary>How often a redirect led inside.</summary>
        internal int Reached { get; private set; }

        protected override IEnumerable<string> Settings =>
        [
            "--TongBan:Courier:BaseUrl=https://courier.intern:8443/api", "--TongBan:Courier:Secret=sample-secret-of-a-test",
            $"--TongBan:Approvals:441303-SCJG:BaseUrl=http://127.0.0.1:{_port}", "--TongBan:Approvals:441303-SCJG:Secret=sample-secret-of-a-test",
        ];

        public override async ValueTask InitializeAsync()
        {
            _partner.Prefixes.Add($"http://127.0.0.1:{_port}/");
            _partner.Start();
            _ = ServeAsync();
            await base.InitializeAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            _partner.Close();
        }

        private static int FreePort()
        {
            using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _partner.GetContextAsync();
                    if (context.Request.Url!.AbsolutePath == "/inside")
                        Reached++;
                    else
                        context.Response.Redirect($"http://127.0.0.1:{_port}/inside");
                    context.Response.Close();
                }
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
