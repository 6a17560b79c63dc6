namespace TongBan.Postgres;

/// <summary>Where a private PostgreSQL server keeps its data and how careful it is with it.</summary>
public sealed class PrivatePostgresOptions
{
    /// <summary>The folder of the server's data, password and log; created when missing. One server per folder.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>
    /// True (the default): what is committed survives a power cut. False: twice as fast, for tests that throw the data away.
    /// </summary>
    public bool Durable { get; init; } = true;

    /// <summary>The port of the loopback interface; null (the default) for one that is free.</summary>
    public int? Port { get; init; }

    /// <summary>How many connections the server takes at once; 1 to 256, default 200.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>Told in a few words what the start is doing.</summary>
    public IProgress<string>? Progress { get; init; }
}
