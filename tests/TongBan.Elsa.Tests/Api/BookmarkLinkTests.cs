using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dapper;
using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Shouldly;
using Xunit;
using static TongBan.Elsa.Tests.Json;

namespace TongBan.Elsa.Tests.Api;

/// <summary>Links that an activity makes for its own bookmark: they go on at exactly this wait, once, for whoever has them.</summary>
public sealed class BookmarkLinkTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "once")]
    [InlineData("POST", "once")]
    [InlineData("GET", "anHour")]
    [InlineData("GET", "untilTomorrow")]
    public async Task Link_Followed_GoesOnWithWhatItBrings(string method, string lifetime)
    {
        await using var host = await StartAsync();
        using var client = host.CreateClient();
        using var anybody = host.CreateClient(permissions: null);
        var instance = await HandOutAsync(client, lifetime);

        using var followed = method == "GET"
            ? await anybody.GetAsync(instance.Link + "&in=" + Uri.EscapeDataString("""{"answer":"好"}"""), Cancellation)
            : await anybody.PostAsJsonAsync(instance.Link, new { input = new { answer = "好" } }, Cancellation);

        followed.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await StandingAsync(instance.Id)).ShouldBe(("Suspended", "好", 1));
    }

    [Fact]
    public async Task Link_FollowedTwiceAndByManyAtOnce_GoesOnOnce()
    {
        await using var host = await StartAsync();
        using var client = host.CreateClient();
        using var anybody = host.CreateClient(permissions: null);
        var instance = await HandOutAsync(client, "once");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => anybody.GetAsync(instance.Link, Cancellation)));
        using var again = await anybody.GetAsync(instance.Link, Cancellation);

        answers.Append(again).ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK, "Whoever follows a link learns nothing of what it did.");
        (await StandingAsync(instance.Id)).ShouldBe(("Suspended", null, 1));
    }

    [Fact]
    public async Task Link_OfAnInstanceThatHasEnded_LeavesItAsItIs()
    {
        await using var host = await StartAsync();
        using var client = host.CreateClient();
        using var anybody = host.CreateClient(permissions: null);
        var instance = await HandOutAsync(client, "once");
        using var cancelled = await client.PostAsync($"cancel/workflow-instances/{instance.Id}", null, Cancellation);

        using var followed = await anybody.GetAsync(instance.Link, Cancellation);

        cancelled.IsSuccessStatusCode.ShouldBeTrue();
        followed.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await StandingAsync(instance.Id)).ShouldBe(("Cancelled", null, 0));
    }

    [Fact]
    public async Task Link_OfAnInstanceThatWasDeleted_DoesNothing()
    {
        await using var host = await StartAsync();
        using var client = host.CreateClient();
        using var anybody = host.CreateClient(permissions: null);
        var instance = await HandOutAsync(client, "once");
        (await client.DeleteAsync($"workflow-instances/{instance.Id}", Cancellation)).IsSuccessStatusCode.ShouldBeTrue();

        (await anybody.GetAsync(instance.Link, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Link_OfOneInstance_DoesNotReachAnother()
    {
        await using var host = await StartAsync();
        using var client = host.CreateClient();
        using var anybody = host.CreateClient(permissions: null);
        var first = await HandOutAsync(client, "once");
        var second = await HandOutAsync(client, "once");

        using var followed = await anybody.GetAsync(second.Link, Cancellation);

        (await StandingAsync(first.Id)).Runs.ShouldBe(0);
        (await StandingAsync(second.Id)).Runs.ShouldBe(1);
    }

    [Theory]
    [InlineData("gone", "")]
    [InlineData("once", "changed")]
    [InlineData("once", "of an event")]
    public async Task Link_ThatIsNotGood_IsRefused(string lifetime, string damage)
    {
        await using var host = await StartAsync();
        using var client = host.CreateClient();
        using var anybody = host.CreateClient(permissions: null);
        var instance = await HandOutAsync(client, lifetime);
        var link = damage switch
        {
            "changed" => instance.Link[..^2] + "xx",
            "of an event" => instance.Link.Replace("bookmarks/resume", "events/trigger", StringComparison.Ordinal),
            _ => instance.Link,
        };

        using var followed = await anybody.GetAsync(link, Cancellation);

        followed.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await StandingAsync(instance.Id)).ShouldBe(("Suspended", null, 0));
    }

    [Theory]
    [InlineData("GET", "[1]")]
    [InlineData("GET", "{")]
    [InlineData("POST", "{")]
    [InlineData("POST", """{"input":"text"}""")]
    [InlineData("POST", "too much")]
    public async Task Link_BringingWhatIsNoObject_IsRefused(string method, string input)
    {
        await using var host = await StartAsync();
        using var client = host.CreateClient();
        using var anybody = host.CreateClient(permissions: null);
        var instance = await HandOutAsync(client, "once");
        using var body = JsonContent.Create(new { input = new { answer = new string('x', 1024 * 1024) } });
        using var text = new StringContent(input, System.Text.Encoding.UTF8, "application/json");

        using var followed = method == "GET"
            ? await anybody.GetAsync(instance.Link + "&in=" + Uri.EscapeDataString(input), Cancellation)
            : await anybody.PostAsync(instance.Link, input == "too much" ? body : text, Cancellation);

        followed.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await StandingAsync(instance.Id)).ShouldBe(("Suspended", null, 0));
    }

    private Task<ApiHost> StartAsync() => ApiHost.StartAsync(database.Source, configure: elsa => elsa.AddActivity<HandOut>());

    /// <summary>Starts an instance that hands out a link and, once it was followed, waits again elsewhere.</summary>
    private static async Task<(string Id, string Link)> HandOutAsync(HttpClient client, string lifetime)
    {
        using var saved = await client.PostAsJsonAsync("workflow-definitions", new
        {
            model = JsonNode.Parse(Chart("hands-out-" + lifetime, [Activity("wait", "Test.HandOut", ("lifetime", Literal(lifetime)), ("result", To("Answer"))), Write("after"), Activity("end", "Elsa.Event", ("eventName", Literal("never")))], ["wait>after", "after>end"], ["Answer"])),
            publish = true,
        }, Cancellation);
        saved.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var run = await client.PostAsJsonAsync($"workflow-definitions/hands-out-{lifetime}/execute", new { }, Cancellation);
        var id = (string)JsonNode.Parse(await run.Content.ReadAsStringAsync(Cancellation))!["workflowState"]!["id"]!;
        return (id, (string)JsonNode.Parse(await client.GetStringAsync($"workflow-instances/{id}", Cancellation))!["name"]!);
    }

    /// <summary>How an instance stands, what the link brought, and how often the activity after the wait ran.</summary>
    private async Task<(string SubStatus, string? Answer, int Runs)> StandingAsync(string id)
    {
        await using var connection = await database.Source.OpenConnectionAsync(Cancellation);
        return await connection.QuerySingleAsync<(string, string?, int)>(
            """
            select i.sub_status, (select e.outputs ->> 'Result' from elsa.executions e where e.instance_id = i.id and e.activity_id = 'wait' and e.status = 'Completed'),
                   (select count(*)::int from elsa.executions e where e.instance_id = i.id and e.activity_id = 'after')
            from elsa.instances i where i.id = @id
            """, new { id });
    }

    /// <summary>Waits for whoever follows the link, which is the instance's name for the test to read.</summary>
    [Activity("Test", "Test")]
    public sealed class HandOut : Activity<string?>
    {
        public Input<string> Lifetime { get; set; } = null!;

        protected override void Execute(ActivityExecutionContext context)
        {
            var bookmark = context.CreateBookmark(OnFollowedAsync);
            context.WorkflowExecutionContext.Name = context.Get(Lifetime) switch
            {
                "anHour" => context.GenerateBookmarkTriggerUrl(bookmark.Id, TimeSpan.FromHours(1)),
                "untilTomorrow" => context.GenerateBookmarkTriggerUrl(bookmark.Id, TimeProvider.System.GetUtcNow().AddDays(1)),
                "gone" => context.GenerateBookmarkTriggerUrl(bookmark.Id, TimeSpan.FromHours(-1)),
                _ => context.GenerateBookmarkTriggerUrl(bookmark.Id),
            };
        }

        private ValueTask OnFollowedAsync(ActivityExecutionContext context)
        {
            context.SetResult(context.TryGetWorkflowInput<string?>("answer", out var answer) ? answer : null);
            return context.CompleteActivityAsync();
        }
    }
}
