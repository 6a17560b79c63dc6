using Npgsql;
using NpgsqlTypes;
using TongBan.Domain.People;

namespace TongBan.Domain.Audit;

/// <summary>Where the work of a scope comes from: the network address of the caller, where there is one.</summary>
public sealed class AuditOrigin
{
    /// <summary>The address as text; null for jobs.</summary>
    public string? Address { get; set; }
}

/// <summary>
/// The audit trail: who did or looked at what, where, when and why. Entries are chained in the database and only added; they
/// name what was seen, and never repeat personal data.
/// </summary>
public sealed class AuditTrail(ILastWrites writes, AuditOrigin origin, TimeProvider time)
{
    private const int LongestText = 1000;

    /// <summary>The subject of what concerns a case.</summary>
    public static string Case(string number) => $"case/{number}";

    /// <summary>Adds an entry: with the commit of the transaction that runs, else at once.</summary>
    /// <param name="act">A stable code such as <c>case.state</c> or <c>personal.reveal</c>.</param>
    /// <param name="subject">What it is about, such as <c>case/441300-20261122-00001</c>.</param>
    /// <param name="what">In words.</param>
    /// <param name="why">The reason that was given, where one is asked for.</param>
    public Task AddAsync(Actor by, string act, string subject, string what, string? why = null)
    {
        var command = new NpgsqlBatchCommand("call tongban.audit_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
        command.Parameters.Add(new() { Value = Microseconds(time.GetUtcNow()), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        foreach (var text in (string?[])[by.UserName, by.Name, Codes.Of(by.Role), by.Authority ?? by.Hall, origin.Address, act, subject, Short(what), Short(why)])
            command.Parameters.Add(new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return writes.WriteAsync(command);
    }

    /// <summary>PostgreSQL keeps no more, and the hash is made of what it keeps.</summary>
    private static DateTimeOffset Microseconds(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));

    private static string? Short(string? text) => text?.Length > LongestText ? text[..LongestText] : text?.Replace("\0", "", StringComparison.Ordinal);
}
