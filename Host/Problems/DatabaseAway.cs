using System.Net.Sockets;
using Npgsql;
using TongBan.Domain;

namespace TongBan.Host.Problems;

/// <summary>The database cannot be reached for a while. It is told from everything else that may fail.</summary>
internal sealed record DatabaseAway() : Refusal(RefusalKind.Unavailable, "database_unavailable", "数据库暂时连接不上，请稍后再试；已提交的内容没有丢失")
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
