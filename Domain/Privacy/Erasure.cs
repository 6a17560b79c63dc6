using Dapper;
using Npgsql;
using TongBan.Domain.Audit;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.People;

namespace TongBan.Domain.Privacy;

/// <summary>
/// Erases whose case it was: numbers, addresses, name, files, what partners wrote. That there was a case of the item, how it went
/// and what was decided stays, and so does the audit trail, which holds none of it.
/// </summary>
public sealed class Erasure(NpgsqlConnection connection, IContentStore contents, AuditTrail audit, TimeProvider time)
{
    /// <summary>What stands where a name stood.</summary>
    public const string Erased = "已清除";

    /// <summary>Erases a filed case's personal data, in the transaction that runs; false when it is not filed, or was erased before.</summary>
    /// <returns>The hashes of contents that nothing else refers to: to be deleted when the transaction has committed.</returns>
    public async Task<IReadOnlyList<string>?> EraseAsync(string number, string why, Actor by)
    {
        var isFiled = await connection.ExecuteAsync(
            """
            update tongban.cases set personal = null, personal_key = null, id_mark = null, phone_mark = null, applicant_id_number = null, applicant_phone = null,
                applicant_email = null, delivery_address = null, applicant_name = @Erased, id_override_reason = null, withdraw_reason = null, pickup_code = null, erased_at = @now
            where number = @number and closed_at is not null and erased_at is null
            """,
            new { number, Erased, now = time.GetUtcNow() }) == 1;
        if (!isFiled)
            return null;
        await connection.ExecuteAsync(
            """
            update tongban.shipment_events set signed_by = null where shipment_id in (select id from tongban.shipments where case_number = @number);
            update tongban.shipments set personal = null, personal_key = null, sender = null, recipient = null, signed_by = null where case_number = @number;
            update tongban.partner_calls set personal = null, personal_key = null, payload = null, answer = null, last_error = null where case_number = @number;
            update tongban.partner_messages set body = jsonb_build_object('caseNumber', @number) where body ->> 'caseNumber' = @number and body ? 'caseNumber';
            update tongban.approval_messages set body = '{}' where case_number = @number;
            update tongban.tasks set data = null where case_number = @number;
            update tongban.notices set content = jsonb_build_object('applicant', @Erased::text, 'itemName', content -> 'itemName', 'issuedBy', content -> 'issuedBy', 'fields', '[]'::jsonb, 'entries', '[]'::jsonb)
                where case_number = @number;
            update tongban.ratings set comment = null where case_number = @number;
            update tongban.materials set file_name = @Erased where case_number = @number;
            update tongban.result_files set file_name = @Erased where case_number = @number;
            """,
            new { number, Erased });
        await audit.AddAsync(by, "personal.erase", AuditTrail.Case(number), "清除办件的个人信息和材料", why);
        return await OrphansAsync(number);
    }

    /// <summary>Deletes contents that nothing refers to any more.</summary>
    public async Task DeleteAsync(IEnumerable<string> hashes)
    {
        // Checkpoint: a crash before this leaves files that nobody can reach any more, for the next run on the same content.
        foreach (var hash in hashes)
            await contents.DeleteAsync(hash);
    }

    private async Task<IReadOnlyList<string>> OrphansAsync(string number) =>
        (await connection.QueryAsync<string>(
            """
            with own as (select sha256 from tongban.materials where case_number = @number union select sha256 from tongban.result_files where case_number = @number)
            select sha256 from own
            where not exists (select from tongban.materials m join tongban.cases c on c.number = m.case_number where m.sha256 = own.sha256 and c.erased_at is null)
                and not exists (select from tongban.result_files r join tongban.cases c on c.number = r.case_number where r.sha256 = own.sha256 and c.erased_at is null)
            """,
            new { number })).AsList();
}
