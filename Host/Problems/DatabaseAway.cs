using System.Net.Sockets;
using Npgsql;

namespace TongBan.Host.Problems;

/// <summary>Tells a database that cannot be reached for a while from everything else that may fail.</summary>
internal static class DatabaseAway
{
    /// <summary>Whether the exception, or one that it wraps, says that the database is away.</summary>
    public static bool IsBehind(Exception exception) => exception switch
    {
        // Class 57P: the server is shutting down, crashed or starting; 53300: it has no connection left.
        // https://www.postgresql.org/docs/current/errcodes-appendix.html
        PostgresException { SqlState: "57P01" or "57P02" or "57P03" or "53300" } => true,
        PostgresException => false,
        NpgsqlException { InnerException: SocketException or IOException or TimeoutException } => true,
        // The pool is exhausted because nothing comes back.
        NpgsqlException { IsTransient: true } => true,
        { InnerException: { } inner } => IsBehind(inner),
        _ => false,
    };
}
