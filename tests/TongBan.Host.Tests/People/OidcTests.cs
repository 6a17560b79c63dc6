using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Shouldly;
using Xunit;

namespace TongBan.Host.Tests.People;

/// <summary>Sign-in through a provider: groups become roles and places, and somebody without one does not get in.</summary>
public sealed class OidcTests(OidcTests.Fixture fixture) : IClassFixture<OidcTests.Fixture>
{
    [Fact]
    public async Task SignIn_InAKnownGroup_OpensASessionWithItsRoleAndPlace()
    {
        (fixture.Provider.Subject, fixture.Provider.UserName, fixture.Provider.Groups) = ("1", "zhang.sample", ["unrelated", "tb-window-city"]);

        var (browser, last) = await VisitAsync("/cases");
        var sessions = await browser.GetFromJsonAsync<JsonElement>("/api/sessions");

        last.ShouldContain("url=/cases");
        sessions.GetProperty("items")[0].GetProperty("userName").GetString().ShouldBe("zhang.sample");
        await using var connection = await fixture.Source.OpenConnectionAsync();
        (await connection.QuerySingleAsync<(string Role, string Hall, int Window)>("select role, hall, window_number from tongban.users where user_name = 'zhang.sample'")).ShouldBe(("clerk", "H441300", 1));
        (await browser.GetAsync("/api/users")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task SignIn_AfterTheGroupChanged_HasTheNewRole()
    {
        (fixture.Provider.Subject, fixture.Provider.UserName, fixture.Provider.Groups) = ("2", "li.sample", ["tb-window-city"]);
        await VisitAsync("/");
        fixture.Provider.Groups = ["tb-audit"];

        var (browser, _) = await VisitAsync("/");

        (await browser.GetAsync("/api/audit")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SignIn_InNoKnownGroup_IsRefused()
    {
        (fixture.Provider.Subject, fixture.Provider.UserName, fixture.Provider.Groups) = ("3", "wang.sample", ["unrelated"]);

        var (browser, last) = await VisitAsync("/");

        last.ShouldContain("/sign-in?provider=refused");
        (await browser.GetAsync("/api/sessions")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task SignIn_UnderALocalUsersName_DoesNotBecomeThatUser()
    {
        (fixture.Provider.Subject, fixture.Provider.UserName, fixture.Provider.Groups) = ("4", "admin", ["tb-window-city"]);

        (await VisitAsync("/")).Last.ShouldContain("/sign-in?provider=refused");
    }

    [Fact]
    public async Task CallBack_WithAStateThatIsNotOurs_IsRefused()
    {
        using var response = await fixture.Anonymous(keepCookies: true).GetAsync("/signin-oidc?code=stolen&state=forged");

        response.Headers.Location!.ToString().ShouldBe("/sign-in?provider=failed");
    }

    [Fact]
    public async Task SignInPage_OffersTheProvider() => (await fixture.Anonymous().GetStringAsync("/sign-in")).ShouldContain("/session/provider");

    /// <summary>Follows the redirects as a browser does, to the provider and back.</summary>
    private async Task<(HttpClient Browser, string Last)> VisitAsync(string returnUrl)
    {
        var browser = fixture.Anonymous(keepCookies: true);
        var next = "/session/provider?returnUrl=" + Uri.EscapeDataString(returnUrl);
        for (var hop = 0; hop < 8; hop++)
        {
            using var response = await browser.GetAsync(next);
            if (response.Headers.Location is not { } location)
                return (browser, await response.Content.ReadAsStringAsync());
            next = location.ToString();
            if (next.StartsWith("/sign-in", StringComparison.Ordinal))
                return (browser, next);
        }

        throw new InvalidOperationException("The redirects do not end.");
    }

    public sealed class Fixture : HostFixture
    {
        private OidcProvider? _provider;

        internal OidcProvider Provider => _provider!;

        protected override IEnumerable<string> Settings =>
        [
            $"--TongBan:Oidc:Authority={Provider.Issuer}", $"--TongBan:Oidc:ClientId={OidcProvider.ClientId}", $"--TongBan:Oidc:ClientSecret={OidcProvider.ClientSecret}",
            "--TongBan:Oidc:Groups:0:Name=tb-window-city", "--TongBan:Oidc:Groups:0:Role=clerk", "--TongBan:Oidc:Groups:0:Hall=H441300", "--TongBan:Oidc:Groups:0:Window=1",
            "--TongBan:Oidc:Groups:1:Name=tb-audit", "--TongBan:Oidc:Groups:1:Role=auditor",
        ];

        public override async ValueTask InitializeAsync()
        {
            _provider = await OidcProvider.StartAsync();
            await base.InitializeAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Provider.DisposeAsync();
        }
    }
}
