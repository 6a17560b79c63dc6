using System.Net;
using System.Net.Http.Json;
using Shouldly;
using Xunit;

namespace TongBan.Host.Tests.People;

/// <summary>A host of its own: afterwards nobody signs in from this address for a minute.</summary>
public sealed class SignInLimitTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task SignIn_ManyWrongOnesFromOneAddress_AreStopped()
    {
        var client = fixture.Anonymous();
        var statuses = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 35; attempt++)
        {
            using var response = await client.PostAsync("/elsa/api/identity/login", JsonContent.Create(new { username = "nobody" + attempt, password = "wrong" }));
            statuses.Add(response.StatusCode);
        }

        statuses.Take(30).ShouldAllBe(status => status == HttpStatusCode.OK);
        statuses[^1].ShouldBe(HttpStatusCode.TooManyRequests);
    }
}
