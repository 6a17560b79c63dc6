using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Shouldly;
using TongBan.Host.Tests.Cases;
using Xunit;

namespace TongBan.Host.Tests.Workflows;

/// <summary>The gate before a workflow goes live, and the way past it.</summary>
public sealed class PublishWorkflowTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private readonly Designer _designer = new(fixture);

    [Theory]
    [InlineData("mode-1")]
    [InlineData("mode-2")]
    [InlineData("mode-3")]
    public async Task Findings_OfAMode_AreNone(string mode)
    {
        var answer = await (await fixture.SignInAsync("admin")).GetFromJsonAsync<JsonElement>($"/api/workflows/{mode}/findings");

        answer.GetProperty("findings").GetArrayLength().ShouldBe(0);
        answer.GetProperty("published").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Publish_UnsoundWithoutReason_IsRefusedAndStaysADraft()
    {
        await _designer.SaveAsync("unsound", "mode-1", root => Designer.Disconnect(root, "decided", "False"));
        var admin = await fixture.SignInAsync("admin");

        using var response = await admin.PostAsJsonAsync("/api/workflows/unsound/publish", new { });

        var (status, code, fields) = await Counter.ProblemAsync(response);
        (status, code).ShouldBe((HttpStatusCode.UnprocessableEntity, "workflow_unsound"));
        fields.ShouldBe(["reason"]);
        (await response.Content.ReadAsStringAsync()).ShouldContain("「已作决定？」的出口「否」没有接到任何步骤");
        (await admin.GetFromJsonAsync<JsonElement>("/api/workflows/unsound/findings")).GetProperty("published").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Publish_UnsoundWithReason_GoesLiveAndIsWrittenDown()
    {
        await _designer.SaveAsync("answered-for", "mode-1", root => Designer.Disconnect(root, "decided", "False"));
        var admin = await fixture.SignInAsync("admin");

        using var response = await admin.PostAsJsonAsync("/api/workflows/answered-for/publish", new { reason = "演练用，不接真实办件" });

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        (await admin.GetFromJsonAsync<JsonElement>("/api/workflows/answered-for/findings")).GetProperty("published").GetBoolean().ShouldBeTrue();
        await using var connection = await fixture.Source.OpenConnectionAsync();
        var (who, why, what) = await connection.QuerySingleAsync<(string, string, string)>("select user_name, reason, details::text from tongban.workflow_acts where definition_id = 'answered-for' and act = 'publishedDespite'");
        (who, why).ShouldBe(("admin", "演练用，不接真实办件"));
        what.ShouldContain("loose-outcome");
    }

    [Fact]
    public async Task Publish_Sound_NeedsNoReason()
    {
        await _designer.SaveAsync("sound", "mode-2", Designer.TellOnceMore);
        var admin = await fixture.SignInAsync("admin");

        using var response = await admin.PostAsJsonAsync("/api/workflows/sound/publish", new { });
        using var again = await admin.PostAsJsonAsync("/api/workflows/sound/publish", new { });

        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("despite").GetArrayLength().ShouldBe(0);
        (await Counter.ProblemAsync(again)).Code.ShouldBe("already_published");
    }

    [Fact]
    public async Task Publish_WorkflowWithoutOurSteps_IsNotJudged()
    {
        await _designer.SaveAsync("plain", """{ "id": "s", "type": "Elsa.Sequence", "version": 1, "activities": [ { "id": "w", "type": "Elsa.WriteLine", "version": 1 } ] }""");

        using var response = await (await fixture.SignInAsync("admin")).PostAsJsonAsync("/api/workflows/plain/publish", new { });

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("clerk.city", HttpStatusCode.Forbidden)]
    [InlineData("admin", HttpStatusCode.NotFound)]
    public async Task Publish_ForAdministratorsOnly(string person, HttpStatusCode expected)
    {
        using var response = await (await fixture.SignInAsync(person)).PostAsJsonAsync("/api/workflows/no-such/publish", new { });

        response.StatusCode.ShouldBe(expected);
    }
}
