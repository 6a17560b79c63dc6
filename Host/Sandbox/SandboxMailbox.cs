using Dapper;
using Npgsql;
using TongBan.Host.Partners;

namespace TongBan.Host.Sandbox;

/// <summary>Where mail and short messages end when no server is set: readable in the database, one row however often a call is made.</summary>
internal sealed class SandboxMailbox(NpgsqlConnection connection, TimeProvider time)
{
    public async Task<PartnerAnswer> KeepAsync(Guid id, string kind, string to, string text)
    {
        await connection.ExecuteAsync(
            "insert into sandbox.messages (id, kind, recipient, text, sent_at) values (@id, @kind, @to, @text, @at) on conflict do nothing",
            new { id, kind, to, text, at = time.GetUtcNow() });
        return PartnerAnswer.Of(new { kept = id });
    }
}
