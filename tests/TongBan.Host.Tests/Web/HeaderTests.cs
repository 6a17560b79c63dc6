using System.Net;
using System.Text.RegularExpressions;
using Shouldly;
using TongBan.Host.People;
using Xunit;

namespace TongBan.Host.Tests.Web;

/// <summary>What browsers are told.</summary>
public sealed class HeaderTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/track")]
    public async Task Page_RunsOnlyScriptsWithItsNonce(string path)
    {
        using var first = await fixture.Anonymous().GetAsync(path);
        using var second = await fixture.Anonymous().GetAsync(path);

        var (nonce, html) = (NonceOf(first), await first.Content.ReadAsStringAsync());
        (nonce == NonceOf(second)).ShouldBeFalse();
        PolicyOf(first).ShouldContain($"script-src 'nonce-{nonce}' 'strict-dynamic';");
        html.Split("<script").Length.ShouldBe(html.Split($"<script nonce=\"{WebUtility.HtmlEncode(nonce)}\"").Length);
        Regex.IsMatch(html, "\\son[a-z]+=", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBeFalse("an inline handler would not run");
    }

    [Theory]
    [InlineData("/api/places")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/healthz/live")]
    [InlineData("/nowhere")]
    public async Task Answer_ThatIsNoPage_MayDoNothing(string path)
    {
        using var response = await fixture.Anonymous().GetAsync(path);

        PolicyOf(response).ShouldStartWith("default-src 'none'");
        response.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        response.Headers.GetValues("Referrer-Policy").Single().ShouldBe("same-origin");
    }

    [Theory]
    [InlineData("/studio", "'wasm-unsafe-eval'")]
    [InlineData("/hangfire", "script-src 'self' 'unsafe-inline'")]
    public async Task ForeignPages_HaveThePolicyThatTheyNeed_AndLoadFromThisHostOnly(string path, string needed)
    {
        var client = await fixture.SignInAsync("admin");

        using var response = await client.GetAsync(path);

        PolicyOf(response).ShouldContain(needed);
        PolicyOf(response).ShouldStartWith("default-src 'self'");
        PolicyOf(response).ShouldNotContain("http");
    }

    [Fact]
    public async Task Cookies_AreForThisHostAndNotForScripts()
    {
        var browser = fixture.Anonymous(keepCookies: true);
        using var page = await browser.GetAsync("/sign-in");
        using var signedIn = await HostFixture.OpenSessionAsync(browser, "admin", DevelopmentUsers.Password, "/");

        foreach (var cookie in page.Headers.GetValues("Set-Cookie").Concat(signedIn.Headers.GetValues("Set-Cookie")))
        {
            cookie.ShouldContain("samesite=strict");
            cookie.ShouldContain("httponly");
        }
    }

    private static string PolicyOf(HttpResponseMessage response) => response.Headers.GetValues("Content-Security-Policy").Single();

    private static string NonceOf(HttpResponseMessage response) => Regex.Match(PolicyOf(response), "'nonce-(?<nonce>[^']+)'", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["nonce"].Value;
}
