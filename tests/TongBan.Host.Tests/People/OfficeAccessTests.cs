using System.Net;
using System.Net.Http.Json;
using Shouldly;
using Xunit;

namespace TongBan.Host.Tests.People;

/// <summary>What concerns no case, by every role and place: the API, the pages, Elsa's API and hub, Studio and the dashboard of jobs.</summary>
public sealed class OfficeAccessTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const string Administrators = "m.admin m.admin.elsewhere";
    private const string Overseers = $"{Administrators} m.supervisor m.supervisor.home m.supervisor.elsewhere";
    private const string Clerks = "m.clerk.receiving m.clerk.pickup m.clerk.other";

    /// <summary>Who may call what concerns no case: the API, the pages, the Elsa API, its hub, the dashboard of jobs. * is everybody.</summary>
    private static readonly Dictionary<string, string> Office = new(StringComparer.Ordinal)
    {
        ["GET /api/users"] = Administrators,
        ["GET /api/audit"] = "m.auditor m.auditor.elsewhere",
        ["GET /api/items/SCJG-001/workflow"] = Administrators,
        ["GET /api/items/export?format=csv"] = Overseers,
        ["POST /api/items/import?preview=true"] = Administrators,
        ["GET /api/supervision/halls.csv"] = Overseers,
        ["GET /api/extensions"] = "m.approver.home m.approver.city m.approver.other",
        ["GET /api/reminders"] = "*",
        ["GET /api/calendars"] = Administrators,
        ["PUT /api/halls/nowhere/hours"] = Administrators,
        ["GET /api/partners"] = Administrators,
        ["GET /api/wordings"] = Administrators,
        ["POST /api/manifests"] = "m.logistics",
        ["GET /elsa/api/workflow-definitions"] = Administrators,
        ["GET /elsa/api/workflow-instances"] = Administrators,
        ["POST /elsa/hubs/workflow-instance/negotiate?negotiateVersion=1"] = "*",
        ["GET /hangfire"] = Administrators,
        ["GET /studio"] = Administrators,
        ["GET /"] = "*",
        ["GET /counter"] = Clerks,
        ["GET /queue"] = Clerks,
        ["GET /logistics"] = $"{Clerks} {Overseers} m.logistics",
        ["GET /supervision"] = Overseers,
        ["GET /supervision/ratings"] = Overseers,
        ["GET /governance"] = Overseers,
        ["GET /admin/items"] = Administrators,
        ["GET /admin/items/import"] = Administrators,
        ["GET /admin/workflows"] = Administrators,
        ["GET /admin/calendars"] = Administrators,
        ["GET /admin/places"] = Administrators,
        ["GET /admin/partners"] = Administrators,
        ["GET /admin/papers"] = Administrators,
        ["GET /admin/users"] = Administrators,
        ["GET /admin/retention"] = Administrators,
        ["GET /api/retention"] = Administrators,
        ["GET /audit"] = "m.auditor m.auditor.elsewhere",
    };

    [Fact]
    public async Task Office_IsForThoseOfTheTableOnly()
    {
        var clients = await new AccessPeople(fixture).SignInAsync();
        var wrong = new List<string>();
        foreach (var (call, allowed) in Office)
        {
            var (method, path) = (call.Split(' ')[0], call.Split(' ')[1]);
            foreach (var (user, client) in clients)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                if (method != "GET")
                    request.Content = JsonContent.Create(new { });
                using var response = await client.SendAsync(request);
                var isAllowed = allowed == "*" || allowed.Split(' ').Contains(user, StringComparer.Ordinal);
                // What may be called is answered, if only by saying that its content will not do; a look is answered with what was asked for.
                var isRight = isAllowed ? response.StatusCode is not HttpStatusCode.Forbidden && (method != "GET" || response.IsSuccessStatusCode) : response.StatusCode == HttpStatusCode.Forbidden;
                if (!isRight)
                    wrong.Add($"{user} × {call}: {(int)response.StatusCode}");
            }
        }

        wrong.ShouldBeEmpty();
    }
}
