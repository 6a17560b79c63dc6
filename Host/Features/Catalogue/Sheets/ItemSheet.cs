using TongBan.Domain;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Places;
using TongBan.Host.Sheets;

namespace TongBan.Host.Features.Catalogue.Sheets;

/// <summary>What is wrong with a row.</summary>
/// <param name="Row">The row's number in the sheet, the headings being row 1.</param>
/// <param name="Field">The field's name in the API; null when the whole row is meant.</param>
/// <param name="Problem">What is wrong, in Chinese.</param>
internal sealed record RejectedRow(int Row, string? Field, string Problem);

/// <summary>A row that changes the catalogue.</summary>
/// <param name="Before">The item as it stands; null for a new one.</param>
internal sealed record ItemChange(int Row, ServiceItem Item, ServiceItem? Before)
{
    /// <summary>The fields that change, with their texts before and after.</summary>
    public IEnumerable<(ItemColumn Column, string Before, string After)> Fields() =>
        from column in ItemColumn.All
        let before = Before is null ? "" : column.Write(Before)
        let after = column.Write(Item)
        where before != after
        select (column, before, after);

    /// <summary>Whether anything changes at all; a sample that is imported as it was is confirmed by that.</summary>
    public bool IsChange => Before is null || Before.Sample || Fields().Any();
}

/// <summary>A sheet held against the catalogue: what it would change, and what is wrong with it.</summary>
internal sealed record ItemSheet(IReadOnlyList<ItemChange> Changes, IReadOnlyList<RejectedRow> Rejected)
{
    private static readonly string[] Needed = ["code"];
    private static readonly string[] NeededForNew = ["code", "name", "sector", "promisedDays"];

    /// <summary>Reads rows; a column that the sheet lacks stays as it is for an item that is there.</summary>
    public static async Task<Result<ItemSheet>> ReadAsync(IReadOnlyList<IReadOnlyList<string>> rows, CatalogueStore catalogue, PlaceStore places)
    {
        var columns = rows[0].Select(ItemColumn.Of).ToList();
        if (rows[0].Index().FirstOrDefault(heading => heading.Item.Length > 0 && columns[heading.Index] is null) is { Item: { } unknown })
            return new SheetUnreadable($"表头中的“{unknown}”不是目录的列；可用的列：{string.Join('、', ItemColumn.All.Select(column => column.Title))}");
        if (Needed.Except(Fields(columns), StringComparer.Ordinal).Any())
            return new SheetUnreadable("表头里没有“事项编码”一列");
        var code = columns.FindIndex(column => column?.Field == "code");
        var known = await catalogue.FindManyAsync([.. rows.Skip(1).Where(row => row.Count > code).Select(row => row[code]).Distinct(StringComparer.Ordinal)]);
        var sectors = (await places.AllAsync()).Sectors.ToDictionary(sector => sector.Name, sector => sector.Code, StringComparer.Ordinal);
        return new Reading(columns, known, sectors).Read(rows);
    }

    private static IEnumerable<string> Fields(IEnumerable<ItemColumn?> columns) => columns.OfType<ItemColumn>().Select(column => column.Field);

    private sealed class Reading(List<ItemColumn?> columns, IReadOnlyDictionary<string, ServiceItem> known, Dictionary<string, string> sectors)
    {
        private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
        private readonly List<ItemChange> _changes = [];
        private readonly List<RejectedRow> _rejected = [];

        public ItemSheet Read(IReadOnlyList<IReadOnlyList<string>> rows)
        {
            for (var index = 1; index < rows.Count; index++)
            {
                if (rows[index].Any(cell => cell.Length > 0))
                    ReadRow(index + 1, rows[index]);
            }

            return new ItemSheet(_changes, _rejected);
        }

        private void ReadRow(int number, IReadOnlyList<string> row)
        {
            var code = Cell(row, columns.FindIndex(column => column?.Field == "code"));
            var before = known.GetValueOrDefault(code);
            var draft = ItemDraft.Of(before);
            var problems = Take(number, row, draft).ToList();
            if (!_seen.TryAdd(code, number))
                problems.Add(new(number, "code", $"第 {_seen[code]} 行已有事项编码“{code}”"));
            if (before is null && NeededForNew.Except(Fields(columns), StringComparer.Ordinal).ToList() is [_, ..] missing)
                problems.Add(new(number, null, $"新事项还须有列：{string.Join('、', missing.Select(field => ItemColumn.Of(field)!.Title))}"));
            draft.Sector = sectors.GetValueOrDefault(draft.Sector, draft.Sector);
            if (draft.Sector.Length > 0 && !sectors.ContainsValue(draft.Sector))
                problems.Add(new(number, "sector", $"没有名称或代码为“{draft.Sector}”的条线"));
            var item = draft.ToItem(before?.Workflow);
            if (problems.Count == 0)
                problems.AddRange(ItemRules.Check(item).Select(problem => new RejectedRow(number, problem.Field, problem.Message)));
            if (problems.Count > 0)
                _rejected.AddRange(problems);
            else
                _changes.Add(new ItemChange(number, item, before));
        }

        private IEnumerable<RejectedRow> Take(int number, IReadOnlyList<string> row, ItemDraft draft)
        {
            foreach (var (index, column) in columns.Index())
            {
                if (column is not null && column.Read(draft, Cell(row, index)) is { } problem)
                    yield return new RejectedRow(number, column.Field, $"{column.Title}{problem}");
            }
        }

        private static string Cell(IReadOnlyList<string> row, int index) => index >= 0 && index < row.Count ? row[index] : "";
    }
}
