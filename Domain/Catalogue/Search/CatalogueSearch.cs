using Npgsql;

namespace TongBan.Domain.Catalogue.Search;

/// <summary>Finds items by what a clerk types, in the catalogue that this process keeps in memory.</summary>
/// <param name="index">The process's catalogue.</param>
/// <param name="connection">The request's connection, to see whether the catalogue has changed.</param>
public sealed class CatalogueSearch(CatalogueIndex index, NpgsqlConnection connection)
{
    /// <summary>
    /// Items that hold every word typed, best first; where none does, those that come near it with few typing errors. Shorter names first
    /// among equals.
    /// </summary>
    public async Task<Page<ItemSummary>> FindAsync(ItemSearch search, CancellationToken cancellation = default)
    {
        var items = await index.CurrentAsync(connection, cancellation);
        var typed = new TypedText(search.Q);
        var found = Find(items, search, typed.Place);
        return Cut(found.Total > 0 ? found : Find(items, search, typed.NearPlace), search);
    }

    /// <summary>What has a place, by place; the catalogue is in the order of name lengths already, so that nothing is sorted.</summary>
    private static (List<ItemSummary>?[] Places, int Total) Find(IReadOnlyList<IndexedItem> items, ItemSearch search, Func<IndexedItem, int?> place)
    {
        var places = new List<ItemSummary>?[TypedText.Places];
        var total = 0;
        foreach (var item in items)
        {
            if (search.Takes(item.Summary) && place(item) is { } at)
            {
                (places[at] ??= []).Add(item.Summary);
                total++;
            }
        }

        return (places, total);
    }

    private static Page<ItemSummary> Cut((List<ItemSummary>?[] Places, int Total) found, ItemSearch search)
    {
        var size = Math.Clamp(search.PageSize, 1, 500);
        var skipped = Math.Max(0, search.PageNumber) * (long)size;
        return skipped >= found.Total
            ? new Page<ItemSummary>([], found.Total)
            : new Page<ItemSummary>([.. found.Places.SelectMany(place => place ?? []).Skip((int)skipped).Take(size)], found.Total);
    }
}
