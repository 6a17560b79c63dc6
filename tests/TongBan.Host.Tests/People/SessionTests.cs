using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Domain.People;
using TongBan.Host.People;
using Xunit;

namespace TongBan.Host.Tests.People;

/// <summary>Sessions: rotated, listed, ended from elsewhere; passwords changed at the first use.</summary>
public sealed class SessionTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Refresh_RotatesTheToken_AndTheNextOneWorks()
    {
        var first = await HostFixture.LoginAsync(fixture.Anonymous(), "clerk.city", DevelopmentUsers.Password);

        var second = await RefreshedAsync(first);
        var third = await RefreshedAsync(second);

        (second.GetProperty("refreshToken").GetString() == first.GetProperty("refreshToken").GetString()).ShouldBeFalse();
        (await StatusAsync(third)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Refresh_WithATokenThatWasUsed_EndsTheSessionForThiefAndOwner()
    {
        var first = await HostFixture.LoginAsync(fixture.Anonymous(), "clerk.city", DevelopmentUsers.Password);
        var second = await RefreshedAsync(first);

        using var reused = await RefreshAsync(first);
        using var owner = await RefreshAsync(second);

        reused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        owner.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(second)).ShouldBe(HttpStatusCode.Unauthorized);
        await using var connection = await fixture.Source.OpenConnectionAsync();
        (await connection.ExecuteScalarAsync<int>("select count(*) from tongban.audit where act = 'session.reused' and user_name = 'clerk.city'")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Session_EndedByItsOwner_IsGoodNoMore()
    {
        var other = await HostFixture.LoginAsync(fixture.Anonymous(), "approver.city", DevelopmentUsers.Password);
        var client = await fixture.SignInAsync("approver.city");
        var sessions = (await client.GetFromJsonAsync<JsonElement>("/api/sessions")).GetProperty("items").EnumerateArray().ToList();
        var id = sessions.Single(one => !one.GetProperty("current").GetBoolean()).GetProperty("id").GetString();

        using var ended = await client.DeleteAsync($"/api/sessions/{id}");

        ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        sessions.ShouldAllBe(one => one.GetProperty("userName").GetString() == "approver.city");
        (await StatusAsync(other)).ShouldBe(HttpStatusCode.Unauthorized);
        (await client.GetAsync("/api/tasks")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Session_OfSomebodyElse_LooksLikeNotFound_AndAdministratorsEndIt()
    {
        var victim = await HostFixture.LoginAsync(fixture.Anonymous(), "logistics.city", DevelopmentUsers.Password);
        var admin = await fixture.SignInAsync("admin");
        var id = (await admin.GetFromJsonAsync<JsonElement>("/api/sessions?all=true&pageSize=200")).GetProperty("items").EnumerateArray()
            .First(one => one.GetProperty("userName").GetString() == "logistics.city").GetProperty("id").GetString();

        using var stranger = await (await fixture.SignInAsync("clerk.boluo")).DeleteAsync($"/api/sessions/{id}");
        using var ended = await admin.DeleteAsync($"/api/sessions/{id}");

        stranger.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await StatusAsync(victim)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Cookie_AfterItsSessionEnded_LeadsToTheSignIn()
    {
        var browser = fixture.Anonymous(keepCookies: true);
        (await HostFixture.OpenSessionAsync(browser, "admin", DevelopmentUsers.Password, "/hangfire")).Dispose();
        var admin = await fixture.SignInAsync("admin");
        foreach (var one in (await admin.GetFromJsonAsync<JsonElement>("/api/sessions")).GetProperty("items").EnumerateArray().Where(one => one.GetProperty("kind").GetString() == "pages"))
            (await admin.DeleteAsync($"/api/sessions/{one.GetProperty("id").GetString()}")).Dispose();

        using var page = await browser.GetAsync("/hangfire");

        page.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        page.Headers.Location!.ToString().ShouldContain("/sign-in");
    }

    [Fact]
    public async Task User_AtTheFirstSignIn_ChangesThePasswordBeforeAnythingElse()
    {
        var admin = await fixture.SignInAsync("admin");
        using var added = await admin.PostAsJsonAsync("/api/users", new { userName = "sample.auditor", name = "示例审计", role = "auditor" });
        added.StatusCode.ShouldBe(HttpStatusCode.Created, await added.Content.ReadAsStringAsync());
        var first = (await added.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("password").GetString()!;
        var anybody = fixture.Anonymous();

        var refused = await HostFixture.LoginAsync(anybody, "sample.auditor", first);
        using var tooShort = await anybody.PostAsJsonAsync("/api/me/password", new { userName = "sample.auditor", password = first, newPassword = "short" });
        using var changed = await anybody.PostAsJsonAsync("/api/me/password", new { userName = "sample.auditor", password = first, newPassword = "Ein-langer-Satz-2026" });
        var signedIn = await HostFixture.LoginAsync(anybody, "sample.auditor", "Ein-langer-Satz-2026");

        refused.GetProperty("isAuthenticated").GetBoolean().ShouldBeFalse();
        refused.GetProperty("passwordChangeRequired").GetBoolean().ShouldBeTrue();
        tooShort.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        signedIn.GetProperty("isAuthenticated").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task User_Disabled_IsOutAtOnce()
    {
        await using (var scope = fixture.Host.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<UserStore>().AddAsync(new("sample.clerk", "示例窗口", Role.Clerk, Hall: "H441300", Window: 2), DevelopmentUsers.Password);
        var tokens = await HostFixture.LoginAsync(fixture.Anonymous(), "sample.clerk", DevelopmentUsers.Password);
        var admin = await fixture.SignInAsync("admin");

        using var closed = await admin.PostAsJsonAsync("/api/users/sample.clerk/disable", new { disabled = true, reason = "离岗" });

        closed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await StatusAsync(tokens)).ShouldBe(HttpStatusCode.Unauthorized);
        (await HostFixture.LoginAsync(fixture.Anonymous(), "sample.clerk", DevelopmentUsers.Password)).GetProperty("isAuthenticated").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Change_WithACookieFromAnotherOrigin_IsRefused()
    {
        var browser = fixture.Anonymous(keepCookies: true);
        (await HostFixture.OpenSessionAsync(browser, "admin", DevelopmentUsers.Password, "/")).Dispose();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/studio/token");
        request.Headers.Add("Sec-Fetch-Site", "same-site");
        using var own = new HttpRequestMessage(HttpMethod.Post, "/studio/token");
        own.Headers.Add("Sec-Fetch-Site", "same-origin");

        (await browser.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.SendAsync(own)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> RefreshAsync(JsonElement tokens)
    {
        var client = fixture.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("refreshToken").GetString());
        return await client.PostAsync("/elsa/api/identity/refresh-token", null);
    }

    private async Task<JsonElement> RefreshedAsync(JsonElement tokens)
    {
        using var response = await RefreshAsync(tokens);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<HttpStatusCode> StatusAsync(JsonElement tokens)
    {
        var client = fixture.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("accessToken").GetString());
        using var response = await client.GetAsync("/api/tasks");
        return response.StatusCode;
    }
}
