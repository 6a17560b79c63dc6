using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Host.Features.Supervision;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.People;

/// <summary>
/// Every role and place × mode × stage × action, over HTTP, against a table of its own. What is not allowed is denied, and a
/// denied look at a case is not to be told from one at a case that does not exist.
/// </summary>
public sealed class AccessMatrixTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    /// <summary>Who may do it in a case of modes 1 and 2, which 博罗县 decides; in mode 3 the city's authority does instead. No parcel travels yet.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["view"] = ["m.clerk.receiving", "m.clerk.pickup", "DECIDING", "m.admin", "m.supervisor", "m.supervisor.home", "m.auditor"],
        ["limit"] = ["m.clerk.receiving", "m.clerk.pickup", "DECIDING", "m.admin", "m.supervisor", "m.supervisor.home", "m.auditor"],
        ["list"] = ["m.clerk.receiving", "m.clerk.pickup", "DECIDING", "m.admin", "m.supervisor", "m.supervisor.home", "m.auditor"],
        ["reveal"] = ["m.clerk.receiving", "m.clerk.pickup", "DECIDING", "m.supervisor", "m.supervisor.home"],
        ["file"] = ["m.clerk.receiving", "m.clerk.pickup", "DECIDING", "m.supervisor", "m.supervisor.home"],
        ["result"] = ["m.clerk.receiving", "m.clerk.pickup", "DECIDING", "m.supervisor", "m.supervisor.home"],
        ["paper"] = ["m.clerk.receiving", "m.clerk.pickup", "DECIDING", "m.supervisor", "m.supervisor.home"],
        ["upload"] = ["m.clerk.receiving", "DECIDING"],
        ["sight"] = ["m.clerk.receiving"],
        ["withdraw"] = ["m.clerk.receiving"],
        ["extend"] = ["DECIDING"],
        ["papers"] = ["m.clerk.receiving", "m.clerk.pickup", "DECIDING", "m.admin", "m.supervisor", "m.supervisor.home", "m.auditor"],
        ["papers-back"] = ["m.clerk.receiving", "m.clerk.pickup", "DECIDING", "m.admin"],
        ["task"] = ["m.clerk.receiving"],
        ["incident"] = ["m.admin", "m.supervisor", "m.supervisor.home"],
    };

    /// <summary>What is refused to all other roles before a case is looked at, which tells nothing of it.</summary>
    private static readonly Dictionary<string, string> ForOneRole = new(StringComparer.Ordinal) { ["sight"] = "m.clerk", ["withdraw"] = "m.clerk", ["extend"] = "m.approver" };

    private readonly Counter _counter = new(fixture);
    private readonly AccessPeople _people = new(fixture);

    [Fact]
    public async Task EveryAction_InEveryStage_IsForThoseOfTheTableOnly()
    {
        var clients = await _people.SignInAsync();
        var wrong = new List<string>();
        await using var connection = await fixture.Source.OpenConnectionAsync();
        foreach (var (mode, item) in ((int, string)[])[(1, "SCJG-013"), (2, "SCJG-001"), (3, "SCJG-005")])
        {
            var probe = await ProbeAsync(connection, item);
            foreach (var stage in Enum.GetValues<CaseState>())
            {
                await connection.ExecuteAsync("update tongban.cases set state = @state where number = @Number", new { state = stage.Code(), probe.Number });
                foreach (var (user, client) in clients)
                {
                    foreach (var (action, allowed) in Allowed)
                    {
                        var mayDo = IsListed(allowed, user, mode);
                        var maySee = IsListed(Allowed["view"], user, mode);
                        var isBlind = ForOneRole.TryGetValue(action, out var role) && !user.StartsWith(role, StringComparison.Ordinal);
                        var expected = mayDo ? "passed" : isBlind || (maySee && action is not ("list" or "task")) ? "forbidden" : "absent";
                        var outcome = await TryAsync(client, action, probe);
                        if (outcome != expected)
                            wrong.Add($"{user} × mode {mode} × {stage.Code()} × {action}: {outcome}, expected {expected}");
                    }
                }
            }
        }

        wrong.Take(20).ShouldBeEmpty($"{wrong.Count} of the matrix are wrong");
    }

    [Fact]
    public async Task DeniedLook_IsAnsweredWordForWordLikeACaseThatDoesNotExist()
    {
        var clients = await _people.SignInAsync();
        var number = await _counter.OpenAsync();
        const string Absent = "441300-20200101-00001";

        foreach (var user in (string[])["m.clerk.other", "m.approver.other", "m.logistics", "m.supervisor.elsewhere", "m.auditor.elsewhere", "m.admin.elsewhere"])
        {
            foreach (var path in (string[])["", "/limit", "/documents/receipt.pdf", $"/materials/{Guid.NewGuid()}", $"/results/{Guid.NewGuid()}"])
            {
                using var denied = await clients[user].GetAsync($"/api/cases/{number}{path}");
                using var absent = await clients[user].GetAsync($"/api/cases/{Absent}{path}");

                denied.StatusCode.ShouldBe(HttpStatusCode.NotFound, $"{user} {path}");
                (await WordsAsync(denied)).Replace(number, Absent, StringComparison.Ordinal).ShouldBe(await WordsAsync(absent));
                denied.Headers.ToString().Length.ShouldBe(absent.Headers.ToString().Length);
            }
        }
    }

    [Fact]
    public async Task Parcel_IsCalledOffByThoseOfTheTableOnly()
    {
        var clients = await _people.SignInAsync();
        await using var connection = await fixture.Source.OpenConnectionAsync();
        var number = await _counter.OpenAsync(Counter.Application("SCJG-001", AccessPeople.Home, new { kind = "pickup", hall = AccessPeople.PickupHall }));
        var parcel = Guid.NewGuid();
        await connection.ExecuteAsync(
            """
            insert into tongban.shipments (id, case_number, leg, provider, state, step, created_at, changed_at, sender, recipient, contents)
            values (@parcel, @number, 'materials', 'sandbox', 'created', 'probe', now(), now(), '{"name":"样例","phone":"13800138000","address":"样例路1号"}', '{"name":"样例","phone":"13800138000","address":"样例路2号"}', '[]')
            """,
            new { parcel, number });

        foreach (var (user, client) in clients)
        {
            using var response = await client.PostAsJsonAsync($"/api/shipments/{parcel}/cancel", new { reason = "" });

            var expected = user is "m.logistics" or "m.admin" ? HttpStatusCode.UnprocessableEntity : IsListed(Allowed["view"], user, mode: 2) ? HttpStatusCode.Forbidden : HttpStatusCode.NotFound;
            response.StatusCode.ShouldBe(expected, user);
        }
    }

    [Fact]
    public async Task BadRating_IsSeenAndAnsweredByThoseWhoOverseeItsCaseOnly()
    {
        var number = await _counter.OpenAsync();
        await using var connection = await fixture.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into tongban.ratings (case_number, grade, rated_at) values (@number, 1, now()); insert into tongban.rating_checks (case_number, opened_at, due_on) values (@number, now(), current_date)", new { number });
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        var followUp = scope.ServiceProvider.GetRequiredService<RatingFollowUp>();

        foreach (var person in AccessPeople.All)
        {
            var actor = person.ToActor();
            var (seen, answered) = (await followUp.ListAsync(badOnly: true, actor), await followUp.AnswerAsync(number, new RatingCheck(null, null, null, null), actor));

            var oversees = person.UserName is "m.admin" or "m.supervisor" or "m.supervisor.home";
            if (person.Role is Role.Administrator or Role.Supervisor)
                seen.Any(one => one.CaseNumber == number).ShouldBe(oversees, person.UserName);
            (answered.Refusal is FieldInvalid).ShouldBe(oversees, person.UserName);
        }
    }

    private static bool IsListed(string[] allowed, string user, int mode) =>
        allowed.Contains(user, StringComparer.Ordinal) || (user == (mode == 3 ? "m.approver.city" : "m.approver.home") && allowed.Contains("DECIDING", StringComparer.Ordinal));

    /// <summary>A case with a material, a result, an open task and an incident.</summary>
    private async Task<Probe> ProbeAsync(System.Data.Common.DbConnection connection, string item)
    {
        var number = await _counter.OpenAsync(Counter.Application(item, AccessPeople.Home, new { kind = "pickup", hall = AccessPeople.PickupHall }));
        using var uploaded = await _counter.UploadAsync(number, "M01");
        var material = (await uploaded.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await _counter.TaskAsync("clerk.city", number, "collect-materials");
        var (result, incident) = (Guid.NewGuid(), Guid.NewGuid());
        await connection.ExecuteAsync(
            """
            insert into tongban.result_files (id, case_number, file_name, media_type, sha256, size)
            select @result, case_number, 'r.pdf', media_type, sha256, size from tongban.materials where id = @material;
            insert into tongban.incidents (id, case_number, source, reference, what, opened_at) values (@incident, @number, 'call', @incident::text, '示例', now());
            """,
            new { result, material, incident, number });
        var task = await connection.QuerySingleAsync<Guid>("select id from tongban.tasks where case_number = @number and state = 'open' limit 1", new { number });
        return new(number, material, result, task, incident);
    }

    /// <summary>Asks for it in a way that is refused for its content once the person has got past the table.</summary>
    private static async Task<string> TryAsync(HttpClient client, string action, Probe probe)
    {
        var path = $"/api/cases/{probe.Number}";
        using var response = action switch
        {
            "view" => await client.GetAsync(path),
            "limit" => await client.GetAsync(path + "/limit"),
            "list" => await client.GetAsync("/api/cases?pageSize=1&q=" + probe.Number),
            "reveal" => await client.PostAsJsonAsync(path + "/personal", new { reason = "" }),
            "file" => await client.GetAsync($"{path}/materials/{probe.Material}"),
            "result" => await client.GetAsync($"{path}/results/{probe.Result}"),
            "paper" => await client.GetAsync(path + "/documents/receipt.pdf"),
            "upload" => await client.PostAsync(path + "/materials", new MultipartFormDataContent { { new StringContent("nothing"), "requirementCode" }, { new ByteArrayContent([1]), "file", "x.pdf" } }),
            "sight" => await client.PostAsJsonAsync(path + "/materials/sighted", new { requirementCode = "nothing" }),
            "extend" => await client.PostAsJsonAsync(path + "/extension", new { days = 0 }),
            "papers" => await client.GetAsync(path + "/custody"),
            "papers-back" => await client.PostAsJsonAsync($"{path}/custody/{Guid.NewGuid()}/back", new { reason = "" }),
            "withdraw" => await client.PostAsJsonAsync(path + "/withdraw", new { reason = "" }),
            "task" => await client.PostAsJsonAsync($"/api/tasks/{probe.Task}/complete", new { outcome = "NoSuchOutcome" }),
            _ => await client.PostAsJsonAsync($"/api/incidents/{probe.Incident}/retry", new { reason = "" }),
        };
        var code = await CodeAsync(response);
        return (int)response.StatusCode switch
        {
            200 when action == "list" => (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("total").GetInt32() == 1 ? "passed" : "absent",
            200 or 409 or 422 => "passed",
            404 when code == "document_not_issued" => "passed",
            403 => "forbidden",
            404 => "absent",
            var status => $"HTTP {status}",
        };
    }

    /// <summary>The answer but for the number of the request itself.</summary>
    private static async Task<string> WordsAsync(HttpResponseMessage response) =>
        Regex.Replace(await response.Content.ReadAsStringAsync(), "\"traceId\":\"[^\"]*\"", "", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType == "application/problem+json" && (await response.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("code", out var code) ? code.GetString() : null;

    private sealed record Probe(string Number, Guid Material, Guid Result, Guid Task, Guid Incident);
}
