using Microsoft.Extensions.DependencyInjection;
using TongBan.Domain.People;
using TongBan.Host.People;

namespace TongBan.Host.Tests.People;

/// <summary>Somebody of every role at every kind of place.</summary>
internal sealed class AccessPeople(HostFixture fixture)
{
    // Cases are taken in at the city hall; the result is picked up at 惠城区's hall; home is 博罗县.
    public const string CityHall = "H441300", PickupHall = "H441302", HomeHall = "H441322";
    public const string Home = "441322", City = "441300", Elsewhere = "441323";

    public static readonly User[] All =
    [
        new("m.clerk.receiving", "甲", Role.Clerk, Hall: CityHall, Window: 1), new("m.clerk.pickup", "乙", Role.Clerk, Hall: PickupHall, Window: 1), new("m.clerk.other", "丙", Role.Clerk, Hall: HomeHall, Window: 1),
        new("m.approver.home", "丁", Role.Approver, Authority: "441322-SCJG"), new("m.approver.city", "戊", Role.Approver, Authority: "441300-SCJG"), new("m.approver.other", "己", Role.Approver, Authority: "441323-SCJG"),
        new("m.logistics", "庚", Role.Logistics), new("m.admin", "辛", Role.Administrator), new("m.admin.elsewhere", "壬", Role.Administrator, Division: Elsewhere),
        new("m.supervisor", "癸", Role.Supervisor, Division: City), new("m.supervisor.home", "子", Role.Supervisor, Division: Home), new("m.supervisor.elsewhere", "丑", Role.Supervisor, Division: Elsewhere),
        new("m.auditor", "寅", Role.Auditor), new("m.auditor.elsewhere", "卯", Role.Auditor, Division: Elsewhere),
    ];

    /// <summary>Everybody signed in, by user name.</summary>
    public async Task<Dictionary<string, HttpClient>> SignInAsync()
    {
        await using (var scope = fixture.Host.Services.CreateAsyncScope())
        {
            foreach (var person in All)
                await scope.ServiceProvider.GetRequiredService<UserStore>().AddAsync(person, DevelopmentUsers.Password);
        }

        var clients = new Dictionary<string, HttpClient>(StringComparer.Ordinal);
        foreach (var person in All)
            clients[person.UserName] = await fixture.SignInAsync(person.UserName);
        return clients;
    }
}
