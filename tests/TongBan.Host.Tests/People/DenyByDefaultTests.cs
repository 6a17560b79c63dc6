using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace TongBan.Host.Tests.People;

public sealed class DenyByDefaultTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    /// <summary>Who comes here needs no sign-in: the list is short on purpose, and a new entry is a decision.</summary>
    private static readonly string[] Open =
        ["/api/track/", "/callbacks/", "/docs", "/api/me/password", "/change-password", "/elsa/api/identity/login", "/elsa/api/events/trigger", "/elsa/api/bookmarks/resume", "/elsa/api/package/version", "/healthz/", "/openapi/", "/partner-files/", "/sandbox/", "/session", "/sign-in", "/not-found", "/track", "/workflows/", "/language/", "/tongban", "/_framework/", "/_content/"];

    [Fact]
    public void Endpoints_OpenToAnybody_AreThoseOnTheList()
    {
        var open = fixture.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText?.TrimStart('/'));

        open.Where(path => !Open.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Api_WithoutToken_Is401WithProblemDetails()
    {
        using var response = await fixture.Anonymous().GetAsync("/api/anything");

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        (await response.Content.ReadAsStringAsync()).ShouldContain("\"code\":\"not_signed_in\"");
    }

    [Fact]
    public async Task Elsa_WithoutToken_Is401WithAnEmptyBody()
    {
        using var response = await fixture.Anonymous().GetAsync("/elsa/api/workflow-definitions");

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await response.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Elsa_Clerk_Is403WithAnEmptyBody()
    {
        var client = await fixture.SignInAsync("clerk.city");

        using var response = await client.GetAsync("/elsa/api/workflow-definitions");

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Elsa_UnreadableQuery_Is400InElsasForm()
    {
        var client = await fixture.SignInAsync("admin");

        using var response = await client.GetAsync("/elsa/api/activity-executions/list?WorkflowInstanceId=x&completed=perhaps");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain("\"generalErrors\":[");
    }

    [Theory]
    [InlineData("clerk.city", HttpStatusCode.Forbidden)]
    [InlineData("admin", HttpStatusCode.OK)]
    public async Task Hangfire_IsForAdministratorsOnly(string userName, HttpStatusCode expected)
    {
        var client = await fixture.SignInAsync(userName);

        using var response = await client.GetAsync("/hangfire");

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Page_WithoutCookie_LeadsToTheSignIn()
    {
        using var response = await fixture.Anonymous().GetAsync("/hangfire");

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.Location?.PathAndQuery.ShouldStartWith("/sign-in?returnUrl=");
    }
}
