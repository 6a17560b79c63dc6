using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Shouldly;
using Xunit;
using static TongBan.Elsa.Tests.Json;

namespace TongBan.Elsa.Tests.Http;

public sealed class HttpEndpointTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_ToATemplate_StartsWithItsValuesAndIsAnswered()
    {
        await using var host = await HttpHost.StartAsync(database.Source);
        await host.PublishAsync(Chart(
            "http-start",
            [
                Starting(Activity("in", "Elsa.HttpEndpoint", ("path", Literal("Cases/{caseId}/notes")), ("supportedMethods", Expression("Object", """["POST"]""")),
                    ("parsedContent", To("body")), ("routeData", To("route")), ("queryStringData", To("query")), ("headers", To("headers")))),
                Activity("out", "Elsa.WriteHttpResponse", ("statusCode", Literal("Created")), ("responseHeaders", Expression("Object", """{"X-Seen":"yes"}""")),
                    ("content", Script("({ id: getVariable('route').caseId, text: getVariable('body').text, page: getVariable('query').page, mark: getVariable('headers')['X-Mark'], secret: getVariable('headers')['Authorization'] })"))),
            ],
            ["in>out"],
            ["body", "route", "query", "headers"]));
        using var request = new HttpRequestMessage(HttpMethod.Post, "cases/A-7/notes?page=2") { Content = JsonContent.Create(new { text = "你好" }) };
        request.Headers.Add("X-Mark", "m");
        request.Headers.Add("Authorization", "Bearer secret");

        using var response = await host.Client.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.GetValues("X-Seen").ShouldBe(["yes"]);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
        answer["id"]!.GetValue<string>().ShouldBe("A-7");
        answer["text"]!.GetValue<string>().ShouldBe("你好");
        answer["page"]!.GetValue<string>().ShouldBe("2");
        answer["mark"]!.GetValue<string>().ShouldBe("m");
        answer["secret"].ShouldBeNull();
        (await host.Client.GetAsync("cases/A-7/notes", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Client.GetAsync("nothing", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Request_AsAWhole_IsThereForItsBurstWithoutCredentialsAndNeverStored()
    {
        await using var host = await HttpHost.StartAsync(database.Source, elsa => elsa.AddActivity<LookAtRequest>());
        await host.PublishAsync(Chart(
            "http-result",
            [
                Starting(Activity("in", "Elsa.HttpEndpoint", ("path", Literal("whole/{id}")), ("supportedMethods", Expression("Object", """["POST"]""")), ("result", To("request")))),
                Activity("look", "Test.LookAtRequest", ("request", Script("getOutputFrom('in')"))),
                Activity("out", "Elsa.WriteHttpResponse", ("content", Script("({ seen: getOutputFrom('look'), method: getVariable('request').Method, services: getVariable('request').HttpContext.RequestServices === null })"))),
                Activity("wait", "Elsa.Event", ("eventName", Literal("never"))),
            ],
            ["in>look", "look>out", "out>wait"],
            ["request"]));
        using var request = new HttpRequestMessage(HttpMethod.Post, "whole/7?page=2") { Content = new StringContent("hello") };
        foreach (var (name, value) in ((string, string)[])[("Authorization", "Bearer secret"), ("Cookie", "session=secret"), ("X-Mark", "m"), ("X-User", "clerk")])
            request.Headers.Add(name, value);

        using var response = await host.Client.SendAsync(request, Cancellation);

        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
        answer["seen"]!.GetValue<string>().ShouldBe("POST /workflows/whole/7?page=2 m hello [] []  nobody");
        answer["method"]!.GetValue<string>().ShouldBe("POST");
        answer["services"]!.GetValue<bool>().ShouldBeTrue();
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        var stored = await connection.QuerySingleAsync<(string State, string? Outputs)>(
            "select i.state, e.outputs::text from elsa.instances i join elsa.executions e on e.instance_id = i.id and e.activity_id = 'in' where i.definition_id = 'http-result'");
        stored.State.ShouldNotContain("secret");
        stored.State.ShouldNotContain("RequestServices");
        (stored.Outputs ?? "").ShouldNotContain("\"Result\"");
    }

    [Fact]
    public async Task Request_ToAWaitingInstance_ResumesTheOneItsCorrelationNames()
    {
        await using var host = await HttpHost.StartAsync(database.Source);
        await host.PublishAsync(Chart(
            "http-resume",
            [
                Starting(Activity("in", "Elsa.HttpEndpoint", ("path", Literal("begin")))),
                Activity("again", "Elsa.HttpEndpoint", ("path", Literal("go-on"))),
                Activity("out", "Elsa.WriteHttpResponse", ("content", Script("getCorrelationId()"))),
            ],
            ["in>again", "again>out"]));

        using var started = await host.Client.GetAsync("begin?correlationId=one", Cancellation);
        await host.Client.GetAsync("begin?correlationId=two", Cancellation);

        started.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await started.Content.ReadAsStringAsync(Cancellation)).ShouldBeEmpty();
        (await host.Client.GetAsync("go-on", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await host.Client.GetStringAsync("go-on?correlationId=two", Cancellation)).ShouldBe("two");
        (await host.Client.GetStringAsync("go-on", Cancellation)).ShouldBe("one");
        (await host.Client.GetAsync("go-on", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Literal_GoesBeforeATemplate_AndTheNarrowerTemplateBeforeTheWider()
    {
        await using var host = await HttpHost.StartAsync(database.Source);
        foreach (var (id, path) in ((string, string)[])[("wide", "pick/{a}/{b}"), ("narrow", "pick/{a}/b"), ("exact", "pick/a/b")])
        {
            await host.PublishAsync(Chart(
                "http-" + id,
                [Starting(Activity("in", "Elsa.HttpEndpoint", ("path", Literal(path)))), Activity("out", "Elsa.WriteHttpResponse", ("content", Literal(id)))],
                ["in>out"]));
        }

        (await host.Client.GetStringAsync("pick/a/b", Cancellation)).ShouldBe("exact");
        (await host.Client.GetStringAsync("pick/x/b", Cancellation)).ShouldBe("narrow");
        (await host.Client.GetStringAsync("pick/x/y", Cancellation)).ShouldBe("wide");
    }

    [Fact]
    public async Task Authorize_LetsInWhoIsSignedInAndMeetsThePolicy()
    {
        await using var host = await HttpHost.StartAsync(database.Source);
        await host.PublishAsync(Chart("http-auth", [Starting(Activity("in", "Elsa.HttpEndpoint", ("path", Literal("vault")), ("authorize", Literal(true)), ("policy", Literal("Boss"))))], []));

        (await GetAsync(host, null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await GetAsync(host, "clerk")).ShouldBe(HttpStatusCode.Forbidden);
        (await GetAsync(host, "boss")).ShouldBe(HttpStatusCode.OK);
        (await CountAsync("http-auth")).ShouldBe(1);

        static async Task<HttpStatusCode> GetAsync(HttpHost host, string? user)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "vault");
            if (user is not null)
                request.Headers.Add("X-User", user);
            using var response = await host.Client.SendAsync(request, Cancellation);
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData(false, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(true, HttpStatusCode.Accepted)]
    public async Task Request_PastTheSizeLimit_IsRefusedOrLeftToTheWorkflow(bool exposed, HttpStatusCode expected)
    {
        await using var host = await HttpHost.StartAsync(database.Source);
        var id = $"http-size-{exposed}".ToLowerInvariant();
        await host.PublishAsync(Chart(
            id,
            [
                Starting(Activity("in", "Elsa.HttpEndpoint", ("path", Literal(id)), ("supportedMethods", Expression("Object", """["POST"]""")), ("requestSizeLimit", Literal(10)), ("exposeRequestTooLargeOutcome", exposed))),
                Activity("large", "Elsa.WriteHttpResponse", ("statusCode", Literal("Accepted"))),
            ],
            ["in.Request too large>large"]));

        using var declared = await host.Client.PostAsync(id, new StringContent("more than ten bytes"), Cancellation);
        using var chunked = new HttpRequestMessage(HttpMethod.Post, id) { Content = new StreamContent(new Unseekable("more than ten bytes")) };
        chunked.Headers.TransferEncodingChunked = true;
        using var streamed = await host.Client.SendAsync(chunked, Cancellation);
        using var small = new HttpRequestMessage(HttpMethod.Post, id) { Content = new StreamContent(new Unseekable("ten bytes.")) };
        small.Headers.TransferEncodingChunked = true;
        using var fitting = await host.Client.SendAsync(small, Cancellation);

        fitting.StatusCode.ShouldBe(HttpStatusCode.OK);
        declared.StatusCode.ShouldBe(expected);
        streamed.StatusCode.ShouldBe(expected);
        (await CountAsync(id)).ShouldBe(exposed ? 3 : 1);
    }

    [Fact]
    public async Task Body_ThatIsNotTheJsonItSaysItIs_StartsNothing()
    {
        await using var host = await HttpHost.StartAsync(database.Source);
        await host.PublishAsync(Chart("http-json", [Starting(Activity("in", "Elsa.HttpEndpoint", ("path", Literal("json")), ("supportedMethods", Expression("Object", """["POST"]"""))))], []));

        using var response = await host.Client.PostAsync("json", new StringContent("{", Encoding.UTF8, "application/json"), Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await CountAsync("http-json")).ShouldBe(0);
    }

    [Fact]
    public async Task Form_IsReadAsItsFields()
    {
        await using var host = await HttpHost.StartAsync(database.Source);
        await host.PublishAsync(Chart(
            "http-form",
            [
                Starting(Activity("in", "Elsa.HttpEndpoint", ("path", Literal("form")), ("supportedMethods", Expression("Object", """["POST"]""")), ("parsedContent", To("body")))),
                Activity("out", "Elsa.WriteHttpResponse", ("content", Script("getVariable('body').name"))),
            ],
            ["in>out"],
            ["body"]));

        using var response = await host.Client.PostAsync("form", new FormUrlEncodedContent([new("name", "王小明")]), Cancellation);

        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldBe("王小明");
    }

    [Fact]
    public async Task Response_IsSentAfterTheCommit_AndNeverForABurstThatFailed()
    {
        await using var host = await HttpHost.StartAsync(database.Source, elsa => elsa.AddActivity<BreakTransaction>());
        await host.PublishAsync(Chart(
            "http-undone",
            [
                Starting(Activity("in", "Elsa.HttpEndpoint", ("path", Literal("undone")))),
                Activity("out", "Elsa.WriteHttpResponse", ("content", Literal("all is well"))),
                Activity("break", "Test.BreakTransaction"),
            ],
            ["in>out", "out>break"]));

        using var response = await host.Client.GetAsync("undone", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldNotContain("all is well");
        (await CountAsync("http-undone")).ShouldBe(0);
    }

    [Fact]
    public async Task Response_InABurstWithoutARequest_IsAnIncident()
    {
        await using var runtime = new TestRuntime(database.Source);
        await runtime.PublishAsync(Chart("http-none", [Activity("out", "Elsa.WriteHttpResponse", ("content", Literal("to nobody")))], []));

        var started = await runtime.StartAsync("http-none");

        started.SubStatus.ShouldBe(WorkflowSubStatus.Faulted);
        started.Incidents.Single().Message.ShouldContain("No request waits");
    }

    [Fact]
    public async Task Workflow_ThatFaults_AnswersWith500AndIsStored()
    {
        await using var host = await HttpHost.StartAsync(database.Source);
        await host.PublishAsync(Chart(
            "http-fault",
            [Starting(Activity("in", "Elsa.HttpEndpoint", ("path", Literal("fault")))), Activity("bad", "Elsa.WriteLine", ("text", Script("nope.nope")))],
            ["in>bad"]));

        (await host.Client.GetAsync("fault", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await CountAsync("http-fault")).ShouldBe(1);
    }

    private async Task<int> CountAsync(string definitionId)
    {
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        return await connection.ExecuteScalarAsync<int>("select count(*)::int from elsa.instances where definition_id = @definitionId", new { definitionId });
    }

    /// <summary>Ends the burst as a lost connection would.</summary>
    [Activity("Test", "Test")]
    public sealed class BreakTransaction : CodeActivity
    {
        protected override async ValueTask ExecuteAsync(ActivityExecutionContext context) =>
            await context.GetRequiredService<Npgsql.NpgsqlConnection>().ExecuteAsync("do $$ begin raise exception using errcode = 'admin_shutdown'; end $$");
    }

    private sealed class Unseekable(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override bool CanSeek => false;
    }

    /// <summary>Tells what it sees of a request.</summary>
    [Activity("Test", "Test")]
    public sealed class LookAtRequest : CodeActivity<string>
    {
        public global::Elsa.Workflows.Models.Input<Microsoft.AspNetCore.Http.HttpRequest> Request { get; set; } = null!;

        protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
        {
            var request = context.Get(Request)!;
            using var reader = new StreamReader(request.Body);
            context.Set(Result, $"{request.Method} {request.PathBase}{request.Path}{request.QueryString} {request.Headers["X-Mark"]} {await reader.ReadToEndAsync()} [{request.Headers.Authorization}] [{request.Headers.Cookie}] {request.HttpContext.Connection.RemoteIpAddress} {request.HttpContext.User.Identity?.Name ?? "nobody"}");
        }
    }
}
