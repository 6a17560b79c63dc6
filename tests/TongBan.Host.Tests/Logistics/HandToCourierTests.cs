using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using TongBan.Host.Tests.Cases;
using TongBan.Host.Tests.Papers;
using Xunit;

namespace TongBan.Host.Tests.Logistics;

/// <summary>Lists of parcels that the courier signs for.</summary>
public sealed class HandToCourierTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private readonly Counter _counter = new(fixture);

    [Fact]
    public async Task Manifest_OfTwoParcels_NamesEachAndPrintsTheSameBytesAgain()
    {
        var parcels = new[] { await PackedAsync("SAMPLE1001"), await PackedAsync("SAMPLE1002") };
        var logistics = await _counter.AsAsync("logistics.city");

        using var made = await logistics.PostAsJsonAsync("/api/manifests", new { parcels });

        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var first = await logistics.GetByteArrayAsync(made.Headers.Location);
        var text = string.Join('\n', PdfText.Lines(first));
        text.ShouldContain("邮件交接清单");
        text.ShouldContain("1. SAMPLE1001");
        text.ShouldContain("2. SAMPLE1002");
        text.ShouldNotContain("示例申请人");
        (await logistics.GetByteArrayAsync(made.Headers.Location)).ShouldBe(first);
        (await logistics.GetFromJsonAsync<JsonElement>("/api/manifests")).EnumerateArray().ShouldContain(one => one.GetProperty("parcels").GetInt32() == 2);
    }

    [Fact]
    public async Task Parcel_OnAManifest_StandsOnNoOther()
    {
        var parcels = new[] { await PackedAsync("SAMPLE2001") };
        var logistics = await _counter.AsAsync("logistics.city");
        var answers = await Task.WhenAll(logistics.PostAsJsonAsync("/api/manifests", new { parcels }), logistics.PostAsJsonAsync("/api/manifests", new { parcels }));

        answers.Select(answer => answer.StatusCode).ShouldBe([HttpStatusCode.Created, HttpStatusCode.Conflict], ignoreOrder: true);
        (await Counter.ProblemAsync(answers.Single(answer => answer.StatusCode == HttpStatusCode.Conflict))).Code.ShouldBe("parcel_on_manifest");
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Fact]
    public async Task Manifest_OfNothingOrOfWhatIsUnknown_IsRefused()
    {
        var logistics = await _counter.AsAsync("logistics.city");
        using var nothing = await logistics.PostAsJsonAsync("/api/manifests", new { parcels = Array.Empty<Guid>() });
        using var unknown = await logistics.PostAsJsonAsync("/api/manifests", new { parcels = new[] { Guid.NewGuid() } });
        using var clerk = await (await _counter.AsAsync("clerk.city")).PostAsJsonAsync("/api/manifests", new { parcels = new[] { Guid.NewGuid() } });

        nothing.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        clerk.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    /// <summary>A result that the clerk takes to the courier by hand, so that no call-back moves it.</summary>
    private async Task<Guid> PackedAsync(string waybill)
    {
        var number = await _counter.AcceptedAsync();
        await _counter.CompleteAsync("approver.boluo", number, "acknowledge", "Acknowledged");
        await _counter.CompleteAsync("approver.boluo", number, "decide", "Approved", new { documentNumber = "照-" + number });
        await _counter.CompleteAsync("logistics.city", number, "dispatch", "Dispatched", new { waybill });
        return (await _counter.CaseAsync(number)).GetProperty("shipments")[0].GetProperty("id").GetGuid();
    }
}
