using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Domain.Partners;
using TongBan.Host.Partners;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
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
        internal WireMockServer Server { get; } = WireMockServer.Start(useSSL: true);

        protected override IEnumerable<string> Settings =>
            [$"--TongBan:Approvals:{PartnersFixture.Authority}:BaseUrl={Server.Url}", $"--TongBan:Approvals:{PartnersFixture.Authority}:Secret={PartnersFixture.Secret}"];

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            Server.Dispose();
        }
    }
}
