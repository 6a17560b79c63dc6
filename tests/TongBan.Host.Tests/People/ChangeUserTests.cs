using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Domain.People;
using TongBan.Host.People;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.People;

/// <summary>Administrators move people: what they could do before ends at once.</summary>
public sealed class ChangeUserTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Change_OfAClerkToLogistics_EndsTheOldSessionsAndTheNextHasTheNewRole()
    {
        var clerk = await AddedAsync("moved.clerk");
        var admin = await fixture.SignInAsync("admin");

        using var changed = await admin.PutAsJsonAsync("/api/users/moved.clerk", new { name = "调岗人员（样例）", role = "logistics" });

        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent, await changed.Content.ReadAsStringAsync());
        using (var old = await clerk.GetAsync("/api/tasks"))
            old.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var again = await fixture.SignInAsync("moved.clerk");
        (await again.GetAsync("/api/manifests")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var listed = (await admin.GetFromJsonAsync<JsonElement>("/api/users")).EnumerateArray().Single(one => one.GetProperty("userName").GetString() == "moved.clerk");
        (listed.GetProperty("name").GetString(), listed.GetProperty("role").GetString(), listed.GetProperty("hall").GetString()).ShouldBe(("调岗人员（样例）", "logistics", (string?)null));
    }

    [Fact]
    public async Task EndSessions_OfAUser_CountsThemAndLeavesTheAccountOpen()
    {
        var clerk = await AddedAsync("ended.clerk");
        var admin = await fixture.SignInAsync("admin");

        using var ended = await admin.DeleteAsync("/api/users/ended.clerk/sessions");

        (await ended.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ended").GetInt32().ShouldBe(1);
        (await clerk.GetAsync("/api/tasks")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await (await fixture.SignInAsync("ended.clerk")).GetAsync("/api/tasks")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("name", " ", "clerk", "H441300", null)]
    [InlineData("hall", "样例", "clerk", null, null)]
    [InlineData("hall", "样例", "clerk", "H999999", null)]
    [InlineData("window", "样例", "clerk", "H441300", 77)]
    [InlineData("authority", "样例", "approver", null, null)]
    public async Task Change_ToWhatDoesNotExist_IsRefusedAtItsField(string field, string name, string role, string? hall, int? window)
    {
        var admin = await fixture.SignInAsync("admin");

        using var refused = await admin.PutAsJsonAsync("/api/users/clerk.boluo", new { name, role, hall, window });

        (await Counter.ProblemAsync(refused)).Fields.ShouldBe([field]);
    }

    [Fact]
    public async Task Change_OfOnesOwnRole_IsRefused()
    {
        var admin = await fixture.SignInAsync("admin");

        using var refused = await admin.PutAsJsonAsync("/api/users/admin", new { name = "管理员", role = "supervisor" });
        using var unknown = await admin.PutAsJsonAsync("/api/users/nobody", new { name = "样例", role = "supervisor" });

        (await Counter.ProblemAsync(refused)).Fields.ShouldBe(["role"]);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<HttpClient> AddedAsync(string userName)
    {
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<UserStore>().AddAsync(new User(userName, "样例", Role.Clerk, "H441300", 1), DevelopmentUsers.Password);
        return await fixture.SignInAsync(userName);
    }
}
