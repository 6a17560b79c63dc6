using Dapper;
using Npgsql;
using TongBan.Domain.Cases;
using TongBan.Domain.Catalogue;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;

namespace TongBan.Host.Features.Cases;

/// <summary>What a window has before it when nobody has said yet what they come for.</summary>
/// <param name="Usual">What is asked for most in this hall, most first.</param>
/// <param name="Cases">The window's cases of today, those whose materials are not complete first.</param>
/// <param name="OpenedToday">How many it opened today.</param>
public sealed record WindowDayView(IReadOnlyList<ItemSummary> Usual, IReadOnlyList<WindowCase> Cases, int OpenedToday);

/// <summary>A case of today.</summary>
public sealed record WindowCase(string Number, CaseState State, string ItemName, string ApplicantName, DateTime OpenedAt, long Total);

/// <summary>The day of a clerk's window.</summary>
internal sealed class WindowDay(NpgsqlConnection connection, CatalogueStore catalogue, TimeProvider time)
{
    private const int Most = 8;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    public async Task<WindowDayView> ViewAsync(Actor clerk)
    {
        var now = time.GetUtcNow();
        var codes = (await connection.QueryAsync<string>(
            """
            select item_code from tongban.cases where hall = @Hall and opened_at >= @since
            group by item_code order by count(*) desc, item_code limit @Most
            """,
            new { clerk.Hall, since = (now - Lately).UtcDateTime, Most })).AsList();
        var items = await catalogue.FindManyAsync(codes);
        var cases = (await connection.QueryAsync<WindowCase>(
            """
            select number, state, item_name as ItemName, applicant_name as ApplicantName, opened_at as OpenedAt, count(*) over () as Total
            from tongban.cases where hall = @Hall and window_number = @Window and opened_at >= @today
            order by state = 'draft' desc, opened_at desc limit @Most
            """,
            new { clerk.Hall, clerk.Window, today = CityTime.StartOf(CityTime.DateOf(now)).UtcDateTime, Most })).AsList();
        return new WindowDayView([.. codes.Where(items.ContainsKey).Select(code => items[code]).Where(item => item.Active).Select(Summary)], cases, cases is [var first, ..] ? (int)first.Total : 0);
    }

    private static ItemSummary Summary(ServiceItem item) =>
        new(item.Code, item.Name, item.Scope, item.Sector, item.Kind, item.Mode, item.PromisedDays, item.DayKind, item.Target, item.Active);
}
