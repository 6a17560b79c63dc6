using Dapper;
using Npgsql;
using TongBan.Domain.Privacy;
using TongBan.Host.People.Access;
using TongBan.Host.People;

namespace TongBan.Host.Sandbox;

/// <summary>A message that the sandbox kept instead of sending it.</summary>
internal sealed record SandboxMessage(string Kind, string To, string Text, DateTime SentAt);

/// <summary>What applicants would have on their phones; for administrators only.</summary>
internal static class SandboxMessages
{
    public static void Map(WebApplication app) =>
        app.MapGet("/sandbox/messages", async (string to, NpgsqlConnection connection, PersonalSeal seal) => TypedResults.Ok(await connection.QueryAsync<SandboxMessage>(
            """select kind, recipient as "To", text, sent_at as SentAt from sandbox.messages where recipient_mark = any(@marks) order by sent_at""", new { marks = seal.Marks(PersonalSeal.Phone, to) })))
            .RequireAuthorization(Policies.For(Act.WatchJobs)).ExcludeFromDescription();
}
