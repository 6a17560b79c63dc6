using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shouldly;
using TongBan.Domain.People;
using TongBan.Host.People;
using Xunit;

namespace TongBan.Host.Tests.People;

public sealed class SignInTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Login_RightPassword_AnswersTokensWithTheUsersClaims()
    {
        var answer = await HostFixture.LoginAsync(fixture.Anonymous(), "Clerk.City", DevelopmentUsers.Password);

        answer.GetProperty("isAuthenticated").GetBoolean().ShouldBeTrue();
        var claims = ClaimsOf(answer.GetProperty("accessToken").GetString()!);
        claims.GetProperty("sub").GetString().ShouldBe("clerk.city");
        claims.GetProperty("role").GetString().ShouldBe("clerk");
        claims.GetProperty("hall").GetString().ShouldBe("H441300");
        claims.GetProperty("token_use").GetString().ShouldBe("access");
        claims.TryGetProperty("permissions", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Login_Administrator_HasAllOfElsasPermissions()
    {
        var answer = await HostFixture.LoginAsync(fixture.Anonymous(), "admin", DevelopmentUsers.Password);

        ClaimsOf(answer.GetProperty("accessToken").GetString()!).GetProperty("permissions").GetString().ShouldBe("*");
    }

    [Theory]
    [InlineData("admin", "wrong")]
    [InlineData("nobody", "TongBan-2026!")]
    [InlineData("", "")]
    public async Task Login_WrongNameOrPassword_Is200ThatSaysNo(string userName, string password)
    {
        var answer = await HostFixture.LoginAsync(fixture.Anonymous(), userName, password);

        answer.GetProperty("isAuthenticated").GetBoolean().ShouldBeFalse();
        answer.TryGetProperty("accessToken", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Login_BrokenJson_Is400InElsasForm()
    {
        using var body = new StringContent("{\"username\":", Encoding.UTF8, "application/json");

        using var response = await fixture.Anonymous().PostAsync("/elsa/api/identity/login", body);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain("\"statusCode\":400");
    }

    [Fact]
    public async Task Login_AfterTooManyWrongPasswords_RefusesTheRightOne()
    {
        var client = fixture.Anonymous();
        for (var attempt = 0; attempt < UserStore.AllowedFailures; attempt++)
            await HostFixture.LoginAsync(client, "supervisor", "wrong");

        var answer = await HostFixture.LoginAsync(client, "supervisor", DevelopmentUsers.Password);

        answer.GetProperty("isAuthenticated").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("refreshToken", HttpStatusCode.OK)]
    [InlineData("accessToken", HttpStatusCode.Unauthorized)]
    public async Task Refresh_TakesTheRefreshTokenOnly(string token, HttpStatusCode expected)
    {
        var client = fixture.Anonymous();
        var tokens = await HostFixture.LoginAsync(client, "clerk.city", DevelopmentUsers.Password);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty(token).GetString());

        using var response = await client.PostAsync("/elsa/api/identity/refresh-token", null);

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Api_RefreshTokenInPlaceOfAccessToken_Is401()
    {
        var client = fixture.Anonymous();
        var tokens = await HostFixture.LoginAsync(client, "clerk.city", DevelopmentUsers.Password);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("refreshToken").GetString());

        using var response = await client.GetAsync("/api/anything");

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer error=\"invalid_token\"");
    }

    [Fact]
    public async Task Session_SignInPage_SetsACookieThatOpensPagesAndApi()
    {
        var client = fixture.Anonymous(keepCookies: true);
        using var form = new FormUrlEncodedContent([new("username", "admin"), new("password", DevelopmentUsers.Password), new("returnUrl", "/hangfire")]);

        using var signedIn = await client.PostAsync("/session", form);
        using var dashboard = await client.GetAsync("/hangfire");
        using var api = await client.GetAsync("/api/anything");

        signedIn.Headers.Location?.OriginalString.ShouldBe("/hangfire");
        signedIn.Headers.GetValues("Set-Cookie").Single().ShouldContain("samesite=strict");
        dashboard.StatusCode.ShouldBe(HttpStatusCode.OK);
        api.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    public async Task Session_ReturnUrlOfAnotherSite_LeadsHome(string returnUrl)
    {
        using var form = new FormUrlEncodedContent([new("username", "admin"), new("password", DevelopmentUsers.Password), new("returnUrl", returnUrl)]);

        using var response = await fixture.Anonymous().PostAsync("/session", form);

        response.Headers.Location?.OriginalString.ShouldBe("/");
    }

    private static JsonElement ClaimsOf(string token)
    {
        var payload = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return JsonSerializer.Deserialize<JsonElement>(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '=')));
    }
}
