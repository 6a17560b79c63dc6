using System.Diagnostics;
using Npgsql;
using TongBan.Postgres;

namespace TongBan.Benchmarks;

/// <summary>What PostgreSQL alone takes on this machine: nothing that stores can be faster.</summary>
internal static class CommitFloor
{
    private const string Schema = "create table floor (id int primary key, n int not null); insert into floor values (1, 0); create table entries (id bigint generated always as identity primary key, n int not null)";

    private const string OneCommit = "begin; update floor set n = n + 1 where id = 1; insert into entries (n) values (1); commit";

    /// <summary>A transaction that updates one row and inserts one, again and again on one connection with fsync on.</summary>
    public static async Task<Percentiles> MeasureAsync(string folder, int count)
    {
        await using var server = await PrivatePostgres.StartAsync(new() { DataDirectory = folder });
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        await using var create = new NpgsqlCommand(Schema, connection);
        await create.ExecuteNonQueryAsync();
        var times = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await using var command = new NpgsqlCommand(OneCommit, connection);
            await command.ExecuteNonQueryAsync();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return Percentiles.Of(times);
    }

    /// <summary>Seconds until PostgreSQL answers on a folder that exists.</summary>
    public static async Task<double> SecondStartAsync(string folder)
    {
        var started = Stopwatch.GetTimestamp();
        await using var server = await PrivatePostgres.StartAsync(new() { DataDirectory = folder });
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
