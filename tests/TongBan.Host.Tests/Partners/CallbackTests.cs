using System.Net;
using Dapper;
using Shouldly;
using Xunit;

namespace TongBan.Host.Tests.Partners;

public sealed class CallbackTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const string Path = "/callbacks/courier/unified";

    private readonly string _messageId = Guid.NewGuid().ToString("N");

    private string Body => $$"""{ "messageId": "{{_messageId}}", "waybill": "0000", "status": "signed", "at": "2026-11-22T10:00:00+08:00", "signedBy": "本人" }""";

    [Fact]
    public async Task Courier_SignedMessage_IsStoredAnd202()
    {
        (await SendAsync(Signer.Of(fixture).Post(Path, Body))).ShouldBe(HttpStatusCode.Accepted);

        (await StoredAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Courier_SameMessageAgain_Is202AndChangesNothing()
    {
        await SendAsync(Signer.Of(fixture).Post(Path, Body));

        (await SendAsync(Signer.Of(fixture).Post(Path, Body))).ShouldBe(HttpStatusCode.Accepted);

        (await StoredAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Courier_UnknownWaybill_IsKeptAside()
    {
        (await SendAsync(Signer.Of(fixture).Post(Path, Body))).ShouldBe(HttpStatusCode.Accepted);

        await using var connection = await fixture.Source.OpenConnectionAsync();
        (await connection.ExecuteScalarAsync<DateTime?>("select applied_at from tongban.partner_messages where message_id = @_messageId", new { _messageId })).ShouldBeNull();
    }

    [Fact]
    public async Task Courier_WrongSecret_Is401AndStoresNothing()
    {
        (await SendAsync(new Signer("not-the-shared-secret").Post(Path, Body))).ShouldBe(HttpStatusCode.Unauthorized);

        (await StoredAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData(-310)]
    [InlineData(310)]
    public async Task Courier_ClockTooFarOff_Is401(int seconds)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

        (await SendAsync((Signer.Of(fixture) with { Timestamp = now + seconds }).Post(Path, Body))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Courier_NonceSeenBefore_Is401()
    {
        var signer = Signer.Of(fixture);
        (await SendAsync(signer.Post(Path, Body))).ShouldBe(HttpStatusCode.Accepted);

        (await SendAsync(signer.Post(Path, Body))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Courier_ProviderThatDoesNotExist_Is401() =>
        (await SendAsync(Signer.Of(fixture).Post("/callbacks/courier/nobody", Body))).ShouldBe(HttpStatusCode.Unauthorized);

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("null")]
    public async Task Courier_NoJsonObject_Is400(string body) =>
        (await SendAsync(Signer.Of(fixture).Post(Path, body))).ShouldBe(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("""{ "waybill": "1", "status": "signed", "at": "2026-11-22T10:00:00+08:00" }""", "messageId")]
    [InlineData("""{ "messageId": "m", "waybill": 5, "status": "signed", "at": "2026-11-22T10:00:00+08:00" }""", "waybill")]
    [InlineData("""{ "messageId": "m", "waybill": "1", "status": "eaten", "at": "2026-11-22T10:00:00+08:00" }""", "status")]
    [InlineData("""{ "messageId": "m", "waybill": "1", "status": "signed", "at": "yesterday" }""", "at")]
    [InlineData("""{ "messageId": "m", "waybill": "1", "status": "signed", "at": "2026-11-22T10:00:00" }""", "at")]
    [InlineData("""{ "messageId": "m", "waybill": "1", "status": "signed", "at": "2026-11-22" }""", "at")]
    public async Task Courier_FieldAtFault_Is422NamingIt(string body, string field)
    {
        using var response = await fixture.Anonymous().SendAsync(Signer.Of(fixture).Post(Path, body));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await response.Content.ReadAsStringAsync()).ShouldContain($"\"{field}\":");
    }

    [Fact]
    public async Task Courier_BodyTooLarge_Is413() =>
        (await SendAsync(Signer.Of(fixture).Post(Path, new string(' ', 70_000)))).ShouldBe(HttpStatusCode.RequestEntityTooLarge);

    [Fact]
    public async Task Approval_DecidedWithoutDocumentNumber_Is422()
    {
        const string body = """{ "messageId": "m", "caseNumber": "c", "kind": "decided", "at": "2026-11-22T10:00:00+08:00", "decision": { "result": "approved" } }""";

        using var response = await fixture.Anonymous().SendAsync(Signer.Of(fixture).Post("/callbacks/approval/441300-SCJG", body));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await response.Content.ReadAsStringAsync()).ShouldContain("decision.documentNumber");
    }

    private async Task<HttpStatusCode> SendAsync(HttpRequestMessage request)
    {
        using var response = await fixture.Anonymous().SendAsync(request);
        return response.StatusCode;
    }

    private async Task<int> StoredAsync()
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>("select count(*) from tongban.partner_messages where message_id = @_messageId", new { _messageId });
    }
}
