using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Domain.Partners;
using TongBan.Host.Partners;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Settings;
using Xunit;

namespace TongBan.Host.Tests.Partners;

/// <summary>A partner over TLS that cannot prove who it is hears nothing of any case.</summary>
public sealed class PartnerTlsTests(PartnerTlsTests.Fixture fixture) : IClassFixture<PartnerTlsTests.Fixture>
{
    [Fact]
    public async Task Call_ToACertificateThatNobodyVouchesFor_IsNotMade()
    {
        fixture.Server.Given(Request.Create().UsingAnyMethod()).RespondWith(Response.Create().WithStatusCode(202));

        var answer = await fixture.Host.Services.GetRequiredService<PartnerClient>().SendAsync(PartnerKind.Approval, PartnersFixture.Authority, HttpMethod.Get, "cases/1", "key", null, CancellationToken.None);

        answer.ShouldBeOfType<PartnerAnswer.Unreachable>().Reason.ShouldContain("certificate");
        fixture.Server.LogEntries.ShouldBeEmpty();
    }

    public sealed class Fixture : HostFixture
    {
        private const string Password = "of-a-test";

        private readonly string _certificate = SelfSigned();
        private WireMockServer? _server;

        internal WireMockServer Server => _server ??= WireMockServer.Start(new WireMockServerSettings { UseSSL = true, CertificateSettings = new() { X509CertificateFilePath = _certificate, X509CertificatePassword = Password } });

        protected override IEnumerable<string> Settings =>
            [$"--TongBan:Approvals:{PartnersFixture.Authority}:BaseUrl={Server.Url}", $"--TongBan:Approvals:{PartnersFixture.Authority}:Secret={PartnersFixture.Secret}"];

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            Server.Dispose();
            File.Delete(_certificate);
        }

        /// <summary>A file with a certificate that only itself vouches for.</summary>
        private static string SelfSigned()
        {
            using var key = RSA.Create(2048);
            var now = TimeProvider.System.GetUtcNow();
            using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
            var file = Path.GetTempFileName();
            File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12, Password));
            return file;
        }
    }
}
