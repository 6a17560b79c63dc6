namespace TongBan.Postgres;

/// <summary>The private PostgreSQL could not start; the message says in one line why and what to do.</summary>
public sealed class PostgresStartException(string message, Exception? inner = null) : Exception(message, inner);
