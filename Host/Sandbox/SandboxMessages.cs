using Dapper;
using Npgsql;
using TongBan.Host.People;

namespace TongBan.Host.Sandbox;

/// <summary>A message that the sandbox kept instead of sending it.</summary>
internal sealed record SandboxMessage(string Kind, string To, string Text, DateTime SentAt);

/// <summary>What applicants would have on their phones; for administrators only.</summary>
internal static class SandboxMessages
{
    public static void Map(WebApplication app) =>
        app.MapGet("/sandbox/messages", async (string to, NpgsqlConnection connection) => TypedResults.Ok(await connection.QueryAsync<SandboxMessage>(
            """select kind, recipient as "To", text, sent_at as SentAt from sandbox.messages where recipient = @to order by sent_at""", new { to })))
            .RequireAuthorization(Policies.Administrator).ExcludeFromDescription();
}
