using Dapper;
using Npgsql;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;

namespace TongBan.Host.Features.Queue;

/// <summary>A number in a hall's queue.</summary>
/// <param name="Number">From 1, a new sequence every day.</param>
/// <param name="Matter">What the person comes for, where the ticket says it.</param>
internal sealed record Ticket(Guid Id, int Number, string? Matter, DateTime TakenAt, DateTime? CalledAt, int? Window)
{
    /// <summary>As it is printed and called.</summary>
    public string Label => $"A{Number:000}";
}

/// <summary>What a window sees of its hall's queue.</summary>
/// <param name="Current">Who was called to this window and is not done.</param>
internal sealed record QueueView(Ticket? Current, IReadOnlyList<Ticket> Waiting);

/// <summary>The queue of a hall: numbers are drawn, called to a window in their order, and ended.</summary>
internal sealed class HallQueue(NpgsqlConnection connection, TimeProvider time)
{
    private const string Columns = "id, number, matter, taken_at as TakenAt, called_at as CalledAt, window_number as Window";

    /// <summary>The queue as this window sees it; null for one who works at no window.</summary>
    public async Task<QueueView?> ViewAsync(Actor clerk)
    {
        if (clerk is not { Hall: { } hall, Window: { } window })
            return null;
        await using var results = await connection.QueryMultipleAsync(
            $"""
            select {Columns} from tongban.queue_tickets where hall = @hall and day = @day and window_number = @window and called_at is not null and ended_at is null
            order by called_at desc limit 1;
            select {Columns} from tongban.queue_tickets where hall = @hall and day = @day and called_at is null order by number limit 100
            """,
            new { hall, window, day = time.Today() });
        return new QueueView(await results.ReadSingleOrDefaultAsync<Ticket>(), (await results.ReadAsync<Ticket>()).AsList());
    }

    /// <summary>Draws the hall's next number.</summary>
    public Task<Ticket> TakeAsync(string hall, string? matter) => connection.QuerySingleAsync<Ticket>(
        $"""
        with drawn as (
            insert into tongban.number_series (series, place, day, last) values ('queue', @hall, @day, 1)
            on conflict (series, place, day) do update set last = number_series.last + 1 returning last)
        insert into tongban.queue_tickets (id, hall, day, number, matter, taken_at) select @id, @hall, @day, last, @matter, @at from drawn
        returning {Columns}
        """,
        new { id = Guid.CreateVersion7(), hall, matter, day = time.Today(), at = time.GetUtcNow() });

    /// <summary>Calls the next one to this window; whoever was there before is served. Null when nobody waits.</summary>
    public async Task<Ticket?> CallNextAsync(Actor clerk)
    {
        await EndAsync(clerk, isAbsent: false);
        // Two windows that call at once take two different numbers.
        return await connection.QuerySingleOrDefaultAsync<Ticket>(
            $"""
            update tongban.queue_tickets set called_at = @now, window_number = @Window, called_by = @UserName
            where id = (select id from tongban.queue_tickets where hall = @Hall and day = @day and called_at is null order by number limit 1 for update skip locked)
            returning {Columns}
            """,
            new { now = time.GetUtcNow(), clerk.Window, clerk.UserName, clerk.Hall, day = time.Today() });
    }

    /// <summary>Ends the turn of whoever is at this window.</summary>
    public Task<int> EndAsync(Actor clerk, bool isAbsent) => connection.ExecuteAsync(
        """
        update tongban.queue_tickets set ended_at = @now, outcome = @outcome
        where hall = @Hall and day = @day and window_number = @Window and called_at is not null and ended_at is null
        """,
        new { now = time.GetUtcNow(), outcome = isAbsent ? "absent" : "served", clerk.Hall, clerk.Window, day = time.Today() });
}
