using System.Text.Json;
using Dapper;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Tests.Cases;

namespace TongBan.Host.Tests.Limits;

/// <summary>A host whose clock a test moves, and the limits of its cases as people see them.</summary>
internal sealed class Clocks(HostFixture fixture, MovableTime time)
{
    /// <summary>Tokens end while the clock is moved: everybody signs in anew.</summary>
    public Counter Counter { get; private set; } = new(fixture);

    /// <summary>Goes on from a morning, and wakes who sleeps until what was due next.</summary>
    public async Task MoveToAsync(string date)
    {
        time.MoveTo(DateOnly.ParseExact(date, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Counter = new Counter(fixture);
        await using var connection = await fixture.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("select pg_notify('elsa_timers', '')");
    }

    /// <summary>A clock of the case as the API shows it, or null.</summary>
    public async Task<JsonElement?> OfAsync(string number, LimitKind kind) =>
        (await Counter.CaseAsync(number)).GetProperty("clocks").EnumerateArray()
            .Where(clock => clock.GetProperty("kind").GetString() == Domain.Codes.Of(kind)).Select(clock => (JsonElement?)clock).FirstOrDefault();

    /// <summary>The lines of the case's timeline of a kind.</summary>
    public async Task<IReadOnlyList<string>> TimelineAsync(string number, string kind) =>
        [.. (await Counter.CaseAsync(number)).GetProperty("timeline").EnumerateArray()
            .Where(line => line.GetProperty("kind").GetString() == kind).Select(line => line.GetProperty("what").GetString()!)];

    /// <summary>A case that the authority has before it: accepted at the window, its papers posted and acknowledged.</summary>
    public async Task<string> ReviewingAsync(string item = "SCJG-010")
    {
        var number = await ReceivedAsync(item);
        await Counter.CompleteAsync("clerk.city", number, "accept", "Accepted");
        await Counter.CompleteAsync("logistics.city", number, "post-materials", "Posted");
        await Counter.CompleteAsync("approver.boluo", number, "acknowledge", "Acknowledged");
        return number;
    }

    /// <summary>What the applicant of the case was told by short message.</summary>
    public async Task<IReadOnlyList<string>> MessagesAsync(string number)
    {
        await using var connection = await fixture.Source.OpenConnectionAsync();
        return (await connection.QueryAsync<string>("select text from sandbox.messages where text like '%' || @number || '%' order by sent_at", new { number })).AsList();
    }

    /// <summary>A received case of the second mode, which waits for the window to accept it.</summary>
    public async Task<string> ReceivedAsync(string item = "SCJG-010")
    {
        var number = await Counter.OpenAsync(Counter.Application(item));
        await Counter.UploadAllAsync(number);
        await Counter.CompleteAsync("clerk.city", number, "collect-materials", "Complete");
        return number;
    }
}
