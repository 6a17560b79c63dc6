using System.Net;
using Elsa.Calls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;
using static TongBan.Elsa.Tests.Json;

namespace TongBan.Elsa.Tests.Calls;

/// <summary>A definition that somebody drew must not reach what only this network can reach.</summary>
public sealed class OutboundTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.9.9.9", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("8.8.8.8", true)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::1", false)]
    [InlineData("2606:4700:4700::1111", true)]
    public void Policy_AllowsPublicAddressesOnly(string address, bool expected) =>
        new PublicAddresses(Options.Create(new OutboundOptions())).Allows("somewhere", 80, IPAddress.Parse(address)).ShouldBe(expected);

    [Theory]
    [InlineData("intern", 80, true)]
    [InlineData("INTERN", 8080, true)]
    [InlineData("other", 443, true)]
    [InlineData("other", 80, false)]
    public void Policy_AllowsHostsThatAreNamed(string host, int port, bool expected)
    {
        var options = new OutboundOptions();
        options.AllowedHosts.UnionWith(["intern", "other:443"]);

        new PublicAddresses(Options.Create(options)).Allows(host, port, IPAddress.Parse("10.0.0.1")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task Call_ToAPrivateAddress_FailsToConnectAndSaysWhy(string host)
    {
        await using var partner = await Partner.StartAsync(_ => Task.CompletedTask);
        await using var runtime = new TestRuntime(database.Source);
        var id = "ssrf-" + Guid.NewGuid().ToString("N");
        await runtime.PublishAsync(Chart(id, [CallTests.Send(new Uri($"http://{host}:{partner.Address.Port}/")), Write("failed"), Write("done")], ["s.Failed to connect>failed", "s.Done>done"]));

        await runtime.StartAsync(id);
        await runtime.MakeDueAsync();

        (await database.CompletedAsync(id)).ShouldBe("failed");
        (await database.ErrorAsync(id))!.ShouldContain("Workflows may not call");
        partner.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Redirect_ToAPrivateAddress_IsRefusedToo()
    {
        await using var inside = await Partner.StartAsync(_ => Task.CompletedTask);
        await using var outside = await Partner.StartAsync(http =>
        {
            http.Response.Redirect(inside.Address.ToString());
            return Task.CompletedTask;
        });
        await using var runtime = new TestRuntime(database.Source, services: services => services.Configure<OutboundOptions>(options => options.AllowedHosts.Add(outside.Host)));
        await runtime.PublishAsync(Chart("ssrf-redirect", [CallTests.Send(outside), Write("failed"), Write("done")], ["s.Failed to connect>failed", "s.Done>done"]));

        await runtime.StartAsync("ssrf-redirect");
        await runtime.MakeDueAsync();

        outside.Requests.Count.ShouldBe(1);
        inside.Requests.ShouldBeEmpty();
        (await database.CompletedAsync("ssrf-redirect")).ShouldBe("failed");
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("/relative")]
    [InlineData("ftp://example.org/")]
    public async Task Url_ThatIsNoWebAddress_IsAnIncident(string url)
    {
        await using var runtime = new TestRuntime(database.Source);
        var id = "ssrf-" + Guid.NewGuid().ToString("N");
        await runtime.PublishAsync(Chart(id, [CallTests.Send(new Uri(url, UriKind.RelativeOrAbsolute))], []));

        (await runtime.StartAsync(id)).Incidents.Single().Message.ShouldContain("absolute URL");
    }
}
