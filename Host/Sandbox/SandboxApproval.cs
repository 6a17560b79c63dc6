using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using TongBan.Domain.Partners;
using TongBan.Host.Partners;
using TongBan.Host.Problems;

namespace TongBan.Host.Sandbox;

/// <summary>An authority's approval system: takes cases, acknowledges them and approves each with a document.</summary>
internal sealed class SandboxApproval(
    SignedRequest signed, PartnerDirectory partners, NpgsqlConnection connection, SandboxCallbacks callbacks, IOptions<PartnersOptions> options, TimeProvider time)
{
    private const int LargestBody = 1024 * 1024;

    public async Task<IResult> TakeAsync(HttpRequest request, string authority)
    {
        var (body, problem) = await signed.ReadAsync(request, await partners.FindAsync(PartnerKind.Approval, authority), LargestBody);
        if (problem is not null)
            return problem;
        var key = request.Headers["Idempotency-Key"].ToString();
        var json = JsonSerializer.Deserialize<JsonElement>(body);
        if (key.Length == 0 || !json.TryGetProperty("caseNumber", out var number) || number.GetString() is not { Length: > 0 } caseNumber)
            return Problem.Of(StatusCodes.Status400BadRequest, "incomplete", "缺少 Idempotency-Key 或 caseNumber");

        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var taken = await connection.QuerySingleAsync<Taken>(
            """
            insert into sandbox.cases (idempotency_key, authority, case_number, document_number, body, status, created_at)
            values (@key, @authority, @caseNumber, @authority || '-' || to_char(nextval('sandbox.document_numbers'), 'FM00000000'), @body::jsonb, 'received', @now)
            on conflict (idempotency_key) do update set calls = sandbox.cases.calls + 1
            returning document_number as DocumentNumber, calls
            """,
            new { key, authority, caseNumber, body = SandboxBody.Masked(body), now = time.GetUtcNow() });
        if (taken.Calls == 1)
            await PlanAsync(key, authority, caseNumber, taken.DocumentNumber);
        await transaction.CommitAsync();
        callbacks.Wake(key);
        return TypedResults.Json(new { caseNumber, status = "received" }, statusCode: StatusCodes.Status202Accepted);
    }

    public async Task<IResult> FindAsync(HttpRequest request, string authority, string caseNumber)
    {
        var (_, problem) = await signed.ReadAsync(request, await partners.FindAsync(PartnerKind.Approval, authority), LargestBody);
        if (problem is not null)
            return problem;
        var status = await connection.ExecuteScalarAsync<string?>(
            "select status from sandbox.cases where authority = @authority and case_number = @caseNumber order by created_at desc limit 1",
            new { authority, caseNumber });
        return status is null
            ? Problem.Of(StatusCodes.Status404NotFound, "case_unknown", "没有这个办件")
            : TypedResults.Ok(new { caseNumber, status, messages = await callbacks.SaidAsync(authority, caseNumber) });
    }

    private async Task PlanAsync(string key, string authority, string caseNumber, string documentNumber)
    {
        var first = time.GetUtcNow() + options.Value.Sandbox.Delay;
        await callbacks.PlanAsync(Message(key, authority, 0, first, "acknowledged", new { messageId = $"{key}-0", caseNumber, kind = "acknowledged", at = first }));

        var second = first + options.Value.Sandbox.Delay;
        var file = new { name = $"{documentNumber}.pdf", mediaType = "application/pdf", base64 = Convert.ToBase64String(SamplePdf.Of($"Sample result {documentNumber}", $"Case {caseNumber}")) };
        await callbacks.PlanAsync(Message(key, authority, 1, second, "decided", new
        {
            messageId = $"{key}-1", caseNumber, kind = "decided", at = second,
            decision = new { result = "approved", documentNumber, files = new[] { file } },
        }));
    }

    private static Callback Message(string subject, string authority, int position, DateTimeOffset at, string status, object body) => new(
        $"{subject}-{position}", subject, position, PartnerKind.Approval, authority, status, JsonSerializer.Serialize(body, ApiJson.Options), at);

    private sealed record Taken
    {
        public required string DocumentNumber { get; init; }

        public int Calls { get; init; }
    }
}
