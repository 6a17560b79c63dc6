using System.Net;
using Dapper;
using Shouldly;
using Xunit;

namespace TongBan.Host.Tests.Partners;

/// <summary>Call-backs that make no sense are refused or kept aside where a person sees them; none is a 500.</summary>
public sealed class AsideTests(PartnersFixture fixture) : IClassFixture<PartnersFixture>
{
    private readonly string _id = Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData("/callbacks/courier/unified", """{ "messageId": "{0}", "waybill": "nobody's", "status": "signed", "at": "2026-11-22T10:00:00+08:00" }""")]
    [InlineData("/callbacks/approval/441303-SCJG", """{ "messageId": "{0}", "caseNumber": "nobody's", "kind": "acknowledged", "at": "2026-11-22T10:00:00+08:00" }""")]
    public async Task Message_OfNothingWeKnow_IsAnIncidentAndKept(string path, string body)
    {
        (await SendAsync(path, body.Replace("{0}", _id, StringComparison.Ordinal))).ShouldBe(HttpStatusCode.Accepted);

        await Eventually.BecomesAsync(OpenAsync, open => open == 1);
    }

    [Theory]
    [InlineData("""{ "messageId": "a\u0000b", "waybill": "1", "status": "signed", "at": "2026-11-22T10:00:00+08:00" }""")]
    [InlineData("""{ "messageId": "\ud800", "waybill": "1", "status": "signed", "at": "2026-11-22T10:00:00+08:00" }""")]
    [InlineData("""{ "messageId": "a", "messageId": "b", "waybill": "1", "status": "signed", "at": "2026-11-22T10:00:00+08:00" }""")]
    [InlineData("""{ "messageId": "a", "waybill": "1", "status": "signed", "at": "2026-11-22T10:00:00+08:00", "n": 1e999999 }""")]
    public async Task Message_OfWhatIsNoText_Is400(string body) => (await SendAsync("/callbacks/courier/unified", body)).ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Message_NestedDeeply_Is400() =>
        (await SendAsync("/callbacks/courier/unified", $"{{ \"a\": {new string('[', 5000)}{new string(']', 5000)} }}")).ShouldBe(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("""{ "messageId": "m", "caseNumber": "c", "kind": "supplementRequested", "at": "2026-11-22T10:00:00+08:00", "missing": [5] }""", "missing")]
    [InlineData("""{ "messageId": "m", "caseNumber": "c", "kind": "acknowledged", "at": "2026-11-22T10:00:00+08:00", "reason": {} }""", "reason")]
    [InlineData("""{ "messageId": "m", "caseNumber": "c", "kind": "decided", "at": "2026-11-22T10:00:00+08:00", "decision": { "result": "rejected", "files": [{ "name": 1 }] } }""", "decision.files")]
    public async Task Approval_FieldOfAnotherShape_Is422(string body, string field)
    {
        using var response = await fixture.Anonymous().SendAsync(new Signer(PartnersFixture.Secret).Post("/callbacks/approval/441303-SCJG", body));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await response.Content.ReadAsStringAsync()).ShouldContain(field);
    }

    [Theory]
    [InlineData(10, HttpStatusCode.Accepted)]
    [InlineData(35, HttpStatusCode.Accepted)]
    [InlineData(41, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Decision_OfManyMegabytes_IsTakenUpToForty(int megabytes, HttpStatusCode expected)
    {
        var file = new string('A', megabytes * 1024 * 1024);
        var body = $$"""{ "messageId": "{{_id}}", "caseNumber": "nobody's", "kind": "decided", "at": "2026-11-22T10:00:00+08:00", "decision": { "result": "rejected", "files": [{ "name": "a.pdf", "mediaType": "application/pdf", "base64": "{{file}}" }] } }""";

        using var request = new Signer(PartnersFixture.Secret).Post("/callbacks/approval/441303-SCJG", body);
        // Asked first whether it may come, so that a refusal is read and not met with a broken pipe.
        request.Headers.ExpectContinue = true;
        using var response = await fixture.Anonymous().SendAsync(request);
        response.StatusCode.ShouldBe(expected);

        if (expected == HttpStatusCode.Accepted)
            await Eventually.BecomesAsync(OpenAsync, open => open == 1);
    }

    private async Task<HttpStatusCode> SendAsync(string path, string body)
    {
        using var response = await fixture.Anonymous().SendAsync(new Signer(PartnersFixture.Secret).Post(path, body));
        return response.StatusCode;
    }

    private async Task<int> OpenAsync()
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>(
            """
            select count(*) from tongban.incidents i join tongban.partner_messages m on m.id::text = i.reference
            where m.message_id = @_id and m.applied_at is null and m.aside_at is not null and i.state = 'open' and i.case_number is null
            """,
            new { _id });
    }
}
