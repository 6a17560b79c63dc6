using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace TongBan.Host.Tests.Cases;

/// <summary>Bad input, things done twice, and people without a part in the case.</summary>
public sealed class CaseRefusalTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private readonly Counter _counter = new(fixture);

    [Theory]
    [InlineData("itemCode", "NO-SUCH")]
    [InlineData("hall", "H000000")]
    [InlineData("jurisdiction", "000000")]
    [InlineData("window", 99)]
    public async Task Open_UnknownCode_NamesTheField(string field, object value)
    {
        var application = Counter.Application();
        application[field] = value;

        using var response = await _counter.TryOpenAsync(application);

        var (status, _, fields) = await Counter.ProblemAsync(response);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        fields.ShouldBe([field]);
    }

    [Theory]
    [InlineData("示例\u202E人请申")]
    [InlineData("示例\u2067人")]
    [InlineData("示例\u0007人")]
    public async Task Open_NameWithSignsThatAreNotSeen_IsRefused(string name)
    {
        var application = Counter.Application();
        application["applicant"] = new { type = "person", name, idNumber = "11010519491231002X", phone = "13800000000" };

        using var response = await _counter.TryOpenAsync(application);

        (await Counter.ProblemAsync(response)).Fields.ShouldBe(["applicant.name"]);
    }

    [Fact]
    public async Task Open_DoubtfulIdentityNumber_IsWarnedOfAndRecorded()
    {
        var application = Counter.Application();
        application["applicant"] = new { type = "person", name = "示例申请人", idNumber = "110105194912310021", phone = "13800000000", idOverrideReason = "与证件一致" };

        using var response = await _counter.TryOpenAsync(application);

        var opened = await response.Content.ReadFromJsonAsync<JsonElement>();
        opened.GetProperty("warnings").EnumerateArray().ShouldContain(w => w.GetProperty("field").GetString() == "applicant.idNumber");
        var timeline = (await _counter.CaseAsync(opened.GetProperty("number").GetString()!)).GetProperty("timeline").EnumerateArray();
        timeline.ShouldContain(e => e.GetProperty("kind").GetString() == "warning" && e.GetProperty("why").GetString() == "与证件一致");
    }

    [Fact]
    public async Task Open_SameKeyManyTimesAtOnce_IsOneCase()
    {
        var key = Guid.NewGuid().ToString();

        var numbers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            using var response = await _counter.TryOpenAsync(Counter.Application(), key);
            response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
            var opened = await response.Content.ReadFromJsonAsync<JsonElement>();
            return (opened.GetProperty("number").GetString(), opened.GetProperty("secret").GetString());
        }));

        numbers.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Complete_MaterialsMissing_IsRefusedAndNothingMoves()
    {
        var number = await _counter.OpenAsync();

        using var response = await _counter.TryCompleteAsync("clerk.city", await _counter.TaskAsync("clerk.city", number, "collect-materials"), "Complete");

        (await Counter.ProblemAsync(response)).ShouldSatisfyAllConditions(p => p.Status.ShouldBe(HttpStatusCode.UnprocessableEntity), p => p.Code.ShouldBe("materials_missing"));
        (await _counter.StateAsync(number)).ShouldBe("draft");
    }

    [Fact]
    public async Task Complete_ManyTimesAtOnce_HappensOnce()
    {
        var number = await _counter.OpenAsync();
        await _counter.UploadAllAsync(number);
        var task = await _counter.TaskAsync("clerk.city", number, "collect-materials");

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var response = await _counter.TryCompleteAsync("clerk.city", task, "Complete");
            return response.StatusCode;
        }));

        answers.Order().ShouldBe([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.Conflict, 4)]);
        (await _counter.CaseAsync(number)).GetProperty("tasks").EnumerateArray().Count(t => t.GetProperty("kind").GetString() == "accept").ShouldBe(1);
    }

    [Theory]
    [InlineData("MZ\u0090\0 not a picture", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("", HttpStatusCode.UnprocessableEntity)]
    public async Task Upload_WrongContent_IsRefused(string content, HttpStatusCode status)
    {
        var number = await _counter.OpenAsync();

        using var response = await _counter.UploadAsync(number, "M01", System.Text.Encoding.Latin1.GetBytes(content));

        response.StatusCode.ShouldBe(status, await response.Content.ReadAsStringAsync());
        (await _counter.CaseAsync(number)).GetProperty("materials").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Upload_Over20Megabytes_IsTooLarge()
    {
        var number = await _counter.OpenAsync();
        var big = new byte[(20 * 1024 * 1024) + 1];
        "%PDF-1.4"u8.CopyTo(big);

        using var response = await _counter.UploadAsync(number, "M01", big);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Read_WithoutAPart_LooksLikeNoSuchCase()
    {
        var number = await _counter.OpenAsync();

        using var stranger = await (await _counter.AsAsync("clerk.boluo")).GetAsync($"/api/cases/{number}");
        using var nobody = await (await _counter.AsAsync("clerk.boluo")).GetAsync("/api/cases/441300-20200101-00001");

        stranger.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Counter.ProblemAsync(stranger)).Code.ShouldBe((await Counter.ProblemAsync(nobody)).Code);
    }

    [Fact]
    public async Task Track_WrongSecretAndWrongNumber_AreAlike()
    {
        using var opened = await _counter.TryOpenAsync(Counter.Application());
        var @case = await opened.Content.ReadFromJsonAsync<JsonElement>();
        var (number, secret) = (@case.GetProperty("number").GetString(), @case.GetProperty("secret").GetString());
        var applicant = fixture.Anonymous();

        (await applicant.GetFromJsonAsync<JsonElement>($"/api/track/{number}?secret={secret}")).GetProperty("state").GetString().ShouldBe("draft");
        using var wrongSecret = await applicant.GetAsync($"/api/track/{number}?secret=AAAAAAAAAA");
        using var wrongNumber = await applicant.GetAsync($"/api/track/441300-20200101-00001?secret={secret}");

        (await Counter.ProblemAsync(wrongSecret)).ShouldBeEquivalentTo(await Counter.ProblemAsync(wrongNumber));
        using var rated = await applicant.PostAsJsonAsync($"/api/track/{number}/rating", new { secret, grade = 5 });
        using var again = await applicant.PostAsJsonAsync($"/api/track/{number}/rating", new { secret, grade = 1 });
        (rated.StatusCode, again.StatusCode).ShouldBe((HttpStatusCode.Created, HttpStatusCode.Conflict));
    }
}
