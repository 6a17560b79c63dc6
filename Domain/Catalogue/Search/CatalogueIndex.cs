using Dapper;
using Npgsql;

namespace TongBan.Domain.Catalogue.Search;

/// <summary>
/// The catalogue in memory: one per process and database. A search asks the database for one number, and only what changed
/// since is read again, so that every host finds an edit at once.
/// </summary>
public sealed class CatalogueIndex : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Snapshot _snapshot = new(0, []);

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    /// <summary>All items in and out of service, shorter names first.</summary>
    internal async Task<IReadOnlyList<IndexedItem>> CurrentAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var revision = await connection.ExecuteScalarAsync<long>(new CommandDefinition("select value from tongban.catalogue_revision", cancellationToken: cancellation));
        if (_snapshot.Revision >= revision)
        {
            return _snapshot.Items;
        }

        await _reading.WaitAsync(cancellation);
        try
        {
            return (_snapshot = _snapshot.Revision >= revision ? _snapshot : await ReadAsync(connection, _snapshot, revision, cancellation)).Items;
        }
        finally
        {
            _reading.Release();
        }
    }

    private static async Task<Snapshot> ReadAsync(NpgsqlConnection connection, Snapshot known, long revision, CancellationToken cancellation)
    {
        var changed = (await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select i.code, i.name, i.spelling, i.scope, i.sector, i.kind, i.mode, i.promised_days as PromisedDays, i.day_kind as DayKind,
                i.target, i.active, s.name as SectorName
            from tongban.service_items i join tongban.sectors s on s.code = i.sector
            where i.revision > @known
            """,
            new { known = known.Revision }, cancellationToken: cancellation))).ToDictionary(row => row.Code, StringComparer.Ordinal);
        var items = known.Items.Where(item => !changed.ContainsKey(item.Summary.Code))
            .Concat(changed.Values.Select(row => new IndexedItem(row.Summary, row.Spelling, row.SectorName)))
            .OrderBy(item => item.Name.Length).ThenBy(item => item.Summary.Code, StringComparer.Ordinal);
        return new Snapshot(revision, [.. items]);
    }

    private sealed record Snapshot(long Revision, IndexedItem[] Items);

    private sealed record Row(
        string Code, string Name, string Spelling, ItemScope Scope, string Sector, ItemKind Kind, HandlingMode Mode, int PromisedDays,
        TimeLimits.DayKind DayKind, ItemTarget Target, bool Active, string SectorName)
    {
        internal ItemSummary Summary => new(Code, Name, Scope, Sector, Kind, Mode, PromisedDays, DayKind, Target, Active);
    }
}
