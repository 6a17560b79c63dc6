using Dapper;
using Npgsql;
using TongBan.Domain.Privacy;
using TongBan.Host.Partners;

namespace TongBan.Host.Sandbox;

/// <summary>Where mail and short messages end when no server is set: readable in the database but for the recipient, one row however often a call is made.</summary>
internal sealed class SandboxMailbox(NpgsqlConnection connection, PersonalSeal seal, TimeProvider time)
{
    public async Task<PartnerAnswer> KeepAsync(Guid id, string kind, string to, string text)
    {
        await connection.ExecuteAsync(
            "insert into sandbox.messages (id, kind, recipient, recipient_mark, text, sent_at) values (@id, @kind, @masked, @mark, @text, @at) on conflict do nothing",
            new { id, kind, masked = Mask.Recipient(to), mark = seal.Mark(PersonalSeal.Phone, to), text, at = time.GetUtcNow() });
        return PartnerAnswer.Of(new { kept = id });
    }
}
