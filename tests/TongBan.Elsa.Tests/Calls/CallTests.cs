using System.Text.Json.Nodes;
using Dapper;
using Elsa.Calls;
using Elsa.Workflows;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using static TongBan.Elsa.Tests.Json;

namespace TongBan.Elsa.Tests.Calls;

public sealed class CallTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private static readonly string[] Outcomes = ["s.200>ok", "s.Unmatched status code>other", "s.Failed to connect>failed", "s.Timeout>late", "s.Done>done"];

    [Fact]
    public async Task Call_IsMadeAfterTheCommit_AndItsAnswerResumes()
    {
        await using var partner = await Partner.StartAsync(http => http.Response.WriteAsJsonAsync(new { name = "答" }));
        await using var runtime = Runtime(partner);
        await runtime.PublishAsync(Chart(
            "call-ok",
            [
                Send(partner, ("method", Literal("POST")), ("content", Expression("Object", """{"q":1}""")), ("parsedContent", To("answer")), ("statusCode", To("status")), ("responseHeaders", To("headers"))),
                Write("ok"), Write("other"), Write("failed"), Write("late"), Write("done"),
                Activity("show", "Elsa.SetName", ("value", Script("getVariable('status') + getVariable('answer').name + getVariable('headers')['Content-Type'][0].split(';')[0]"))),
            ],
            [.. Outcomes, "ok>show"],
            ["answer", "status", "headers"]));

        var started = await runtime.StartAsync("call-ok");
        var before = partner.Requests.Count;
        await runtime.MakeDueAsync();

        started.SubStatus.ShouldBe(WorkflowSubStatus.Suspended);
        before.ShouldBe(0);
        partner.Requests.Single().Body.ShouldBe("""{"q":1}""");
        (await database.CompletedAsync("call-ok")).Split(' ').ShouldBe(["ok", "done"], ignoreOrder: true);
        (await NameAsync("call-ok")).ShouldBe("200答application/json");
        (await database.CallsAsync("call-ok")).ShouldBe(0);
    }

    [Theory]
    [InlineData(200, "200")]
    [InlineData(404, "Unmatched status code")]
    public async Task Download_ThatArrives_IsAFileInItsBurst(int status, string outcome)
    {
        await using var partner = await Partner.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = "text/plain";
            http.Response.Headers.ContentDisposition = "attachment; filename=\"../paper.txt\"";
            return http.Response.WriteAsync("正文");
        });
        await using var runtime = Runtime(partner);
        var id = $"download-{status}";
        await runtime.PublishAsync(Chart(
            id,
            [
                Activity("s", "Elsa.DownloadHttpFile", ("url", Literal(partner.Address + "some/file")), ("expectedStatusCodes", Expression("Object", "[200]"))),
                Activity("show", "Elsa.SetName", ("value", Script("getOutputFrom('s', 'Result').Filename + bytesToString(getOutputFrom('s', 'ResponseContentBytes')) + getOutputFrom('s', 'StatusCode')"))),
            ],
            [$"s.{outcome}>show"]));

        await runtime.StartAsync(id);
        await runtime.MakeDueAsync();

        (await NameAsync(id)).ShouldBe($"paper.txt正文{status}");
    }

    [Theory]
    [InlineData("Elsa.SendHttpRequest")]
    [InlineData("Elsa.FlowSendHttpRequest")]
    [InlineData("Elsa.DownloadHttpFile")]
    public async Task Authorization_OfACall_IsSentAndThenNowhere(string type)
    {
        var sent = "";
        await using var partner = await Partner.StartAsync(http =>
        {
            sent = http.Request.Headers.Authorization.ToString();
            return http.Response.WriteAsync("known");
        });
        await using var runtime = Runtime(partner);
        var id = "hush-" + type;
        await runtime.PublishAsync(Chart(id, [Activity("s", type, ("url", Literal(partner.Address.ToString())), ("authorization", Script("'Bearer ' + 'hush'")), ("statusCode", To("status"))), Activity("w", "Elsa.Event", ("eventName", Literal("never")))], ["s>w"], ["status"]));

        await runtime.StartAsync(id);
        await runtime.MakeDueAsync();

        sent.ShouldBe("Bearer hush");
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (await connection.QuerySingleAsync<(string, bool, bool)>(
            """
            select i.sub_status, i.state like '%Bearer hush%', exists (select 1 from elsa.executions e where e.instance_id = i.id and e::text like '%Bearer hush%') or exists (select 1 from elsa.calls c where c::text like '%Bearer hush%')
            from elsa.instances i where i.definition_id = @id
            """, new { id })).ShouldBe(("Suspended", false, false));
    }

    [Fact]
    public async Task Call_MadeByManyHosts_IsMadeOnce()
    {
        var othersGaveUp = new TaskCompletionSource();
        await using var partner = await Partner.StartAsync(_ => othersGaveUp.Task);
        await using var runtime = Runtime(partner);
        await runtime.PublishAsync(Chart("call-once", [Send(partner), Write("done")], ["s.Done>done"]));
        await runtime.StartAsync("call-once");
        var id = (await runtime.InScopeAsync(services => services.GetRequiredService<CallQueue>().HandOutAsync(10, TimeSpan.FromSeconds(30), CancellationToken.None))).Single();

        (await runtime.InScopeAsync(services => services.GetRequiredService<CallQueue>().HandOutAsync(10, TimeSpan.FromSeconds(30), CancellationToken.None))).ShouldBeEmpty();
        List<Task<bool>> made = [.. Enumerable.Range(0, 6).Select(_ => runtime.MakeAsync(id))];
        // The partner answers when all but one have given up, which never happens when two make the call.
        for (var others = made.ToList(); others.Count > 1;)
        {
            var first = await Task.WhenAny(others).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            (await first).ShouldBeFalse();
            others.Remove(first);
        }

        othersGaveUp.SetResult();
        (await Task.WhenAll(made)).Count(once => once).ShouldBe(1);
        partner.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Call_WhoseMakerDied_IsMadeAgainWithTheSameKeyWhenItsLeaseIsOver()
    {
        await using var partner = await Partner.StartAsync(_ => Task.CompletedTask);
        await using var runtime = Runtime(partner);
        await runtime.PublishAsync(Chart("call-again", [Send(partner), Write("done")], ["s.Done>done"]));
        await runtime.StartAsync("call-again");
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var until = runtime.Time.GetUtcNow().AddMinutes(2).UtcDateTime;
        var id = await connection.ExecuteScalarAsync<string>("update elsa.calls set attempts = 1, taken_until = @until, handed_until = @until returning id", new { until }) ?? "";

        (await runtime.MakeAsync(id)).ShouldBeFalse();
        runtime.Time.Advance(TimeSpan.FromMinutes(3));
        (await runtime.MakeDueAsync()).ShouldBe([id]);

        partner.Requests.Single().Key.ShouldBe(id);
        (await database.CompletedAsync("call-again")).ShouldBe("done");
    }

    [Fact]
    public async Task Answer_ThatIsStoredButNotDelivered_IsDeliveredWithoutAnotherCall()
    {
        await using var partner = await Partner.StartAsync(_ => Task.CompletedTask);
        await using var runtime = Runtime(partner);
        await runtime.PublishAsync(Chart("call-stored", [Send(partner), Write("ok"), Write("other")], ["s.200>ok", "s.Unmatched status code>other"]));
        await runtime.StartAsync("call-stored");
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("""update elsa.calls set result = '{"Outcome":0,"StatusCode":503,"Headers":{},"Body":""}'""");

        await runtime.MakeDueAsync();

        partner.Requests.ShouldBeEmpty();
        (await database.CompletedAsync("call-stored")).ShouldBe("other");
    }

    [Fact]
    public async Task Resiliency_TriesAgainLaterWhatFailedForAWhile()
    {
        var left = 2;
        await using var partner = await Partner.StartAsync(http =>
        {
            http.Response.StatusCode = left-- > 0 ? 503 : 200;
            return Task.CompletedTask;
        });
        await using var runtime = Runtime(partner);
        await runtime.PublishAsync(Chart("call-retry", [Send(partner, ("enableResiliency", Literal(true))), Write("ok"), Write("other")], ["s.200>ok", "s.Unmatched status code>other"]));
        await runtime.StartAsync("call-retry");

        await runtime.MakeDueAsync();
        (await runtime.MakeDueAsync()).ShouldBeEmpty();
        runtime.Time.Advance(TimeSpan.FromSeconds(1));
        await runtime.MakeDueAsync();
        runtime.Time.Advance(TimeSpan.FromSeconds(2));
        await runtime.MakeDueAsync();

        partner.Requests.Count.ShouldBe(3);
        partner.Requests.Select(request => request.Key).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        (await database.CompletedAsync("call-retry")).ShouldBe("ok");
    }

    [Fact]
    public async Task Call_OfACancelledInstance_IsNeverMade()
    {
        await using var partner = await Partner.StartAsync(_ => Task.CompletedTask);
        await using var runtime = Runtime(partner);
        await runtime.PublishAsync(Chart("call-gone", [Send(partner), Write("done")], ["s.Done>done"]));
        var id = (await runtime.StartAsync("call-gone")).WorkflowInstanceId;

        await runtime.InScopeAsync(async services =>
        {
            await (await services.GetRequiredService<global::Elsa.Workflows.Runtime.IWorkflowRuntime>().CreateClientAsync(id)).CancelAsync();
            return true;
        });

        (await runtime.MakeDueAsync()).ShouldBeEmpty();
        partner.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answer_PastTheLimitOrTheTime_LeavesByItsBranch()
    {
        var asked = new TaskCompletionSource();
        await using var partner = await Partner.StartAsync(async http =>
        {
            if (http.Request.Path == "/late")
            {
                asked.SetResult();
                await Task.Delay(Timeout.Infinite, http.RequestAborted);
            }

            await http.Response.WriteAsync(new string('x', 5000));
        });
        await using var runtime = new TestRuntime(database.Source, services: services => services.Configure<OutboundOptions>(options =>
        {
            options.AllowedHosts.Add(partner.Host);
            (options.ResponseSizeLimit, options.Timeout) = (1000, TimeSpan.FromSeconds(5));
        }));
        await runtime.PublishAsync(Chart("call-long", [Send(partner), Write("failed"), Write("late"), Write("done")], ["s.Failed to connect>failed", "s.Timeout>late", "s.Done>done"]));
        await runtime.PublishAsync(Chart("call-late", [Send(new Uri(partner.Address, "late")), Write("failed"), Write("late"), Write("done")], ["s.Failed to connect>failed", "s.Timeout>late", "s.Done>done"]));

        await runtime.StartAsync("call-long");
        await runtime.MakeDueAsync();
        await runtime.StartAsync("call-late");
        var making = runtime.MakeDueAsync();
        await asked.Task;
        runtime.Time.Advance(TimeSpan.FromSeconds(5));
        await making;

        (await database.CompletedAsync("call-long")).ShouldBe("failed");
        (await database.ErrorAsync("call-long"))!.ShouldContain("longer than 1000 bytes");
        (await database.CompletedAsync("call-late")).ShouldBe("late");
    }

    [Fact]
    public async Task SendHttpRequest_RunsTheChildOfItsStatusCode()
    {
        await using var partner = await Partner.StartAsync(http =>
        {
            http.Response.StatusCode = int.Parse(http.Request.Path.Value![1..], System.Globalization.CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        await using var runtime = Runtime(partner);
        foreach (var code in (int[])[404, 418])
        {
            await runtime.PublishAsync(Chart(
                $"call-case-{code}",
                [
                    Activity("s", "Elsa.SendHttpRequest", ("url", Literal(new Uri(partner.Address, $"{code}").ToString())), ("expectedStatusCodes", new JsonArray(new JsonObject { ["statusCode"] = 404, ["activity"] = Write("none") })),
                        ("unmatchedStatusCode", Write("unmatched")), ("failedToConnect", Write("failed"))),
                    Write("done"),
                ],
                ["s>done"]));
            await runtime.StartAsync($"call-case-{code}");
            await runtime.MakeDueAsync();
        }

        (await database.CompletedAsync("call-case-404")).ShouldBe("none done");
        (await database.CompletedAsync("call-case-418")).ShouldBe("unmatched done");
    }

    internal static JsonObject Send(Partner partner, params (string Name, JsonNode Value)[] members) => Send(partner.Address, members);

    internal static JsonObject Send(Uri url, params (string Name, JsonNode Value)[] members) =>
        Activity("s", "Elsa.FlowSendHttpRequest", [("url", Literal(url.ToString())), ("expectedStatusCodes", Expression("Object", "[200]")), .. members]);

    private TestRuntime Runtime(Partner partner) => new(database.Source, services: services => services.Configure<OutboundOptions>(options => options.AllowedHosts.Add(partner.Host)));

    private async Task<string?> NameAsync(string definitionId)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<string?>("select name from elsa.instances where definition_id = @definitionId", new { definitionId });
    }
}
