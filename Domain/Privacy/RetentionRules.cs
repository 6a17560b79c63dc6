using Dapper;
using Npgsql;
using TongBan.Domain.People;

namespace TongBan.Domain.Privacy;

/// <summary>How long the personal data of an item's cases is kept after they are filed.</summary>
/// <param name="ItemCode">The item; <c>*</c> for all that have no rule of their own.</param>
/// <param name="ItemName">Its name; null for <c>*</c>.</param>
/// <param name="KeepDays">Days, at least 30.</param>
public sealed record RetentionRule(string ItemCode, string? ItemName, int KeepDays, DateTimeOffset ChangedAt, string ChangedBy);

/// <summary>These rules, and the cases whose time has come. Without any rule everything is kept.</summary>
public sealed class RetentionRules(NpgsqlConnection connection, TimeProvider time)
{
    /// <summary>The code that means every other item.</summary>
    public const string AnyItem = "*";

    /// <summary>The fewest days.</summary>
    public const int Shortest = 30;

    /// <summary>The most days: a hundred years.</summary>
    public const int Longest = 36_500;

    /// <summary>All rules, by item.</summary>
    public async Task<IReadOnlyList<RetentionRule>> ListAsync() =>
        [.. (await connection.QueryAsync<Row>(
            """
            select r.item_code as ItemCode, i.name as ItemName, r.keep_days as KeepDays, r.changed_at as ChangedAt, r.changed_by as ChangedBy
            from tongban.retention_rules r left join tongban.service_items i on i.code = r.item_code order by r.item_code
            """))
            .Select(row => new RetentionRule(row.ItemCode, row.ItemName, row.KeepDays, row.ChangedAt, row.ChangedBy))];

    /// <summary>Sets an item's rule; null keeps its cases as all others.</summary>
    public Task SetAsync(string itemCode, int? keepDays, Actor by) => keepDays is null
        ? connection.ExecuteAsync("delete from tongban.retention_rules where item_code = @itemCode", new { itemCode })
        : connection.ExecuteAsync(
            """
            insert into tongban.retention_rules (item_code, keep_days, changed_at, changed_by) values (@itemCode, @keepDays, @now, @UserName)
            on conflict (item_code) do update set keep_days = excluded.keep_days, changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """,
            new { itemCode, keepDays, now = time.GetUtcNow(), by.UserName });

    /// <summary>Filed cases whose time has come, those filed first at the top.</summary>
    public async Task<IReadOnlyList<string>> DueAsync(int most) =>
        (await connection.QueryAsync<string>(
            """
            select c.number from tongban.cases c
            left join tongban.retention_rules own on own.item_code = c.item_code
            left join tongban.retention_rules any_item on any_item.item_code = '*'
            where c.closed_at is not null and c.erased_at is null
                and c.closed_at < @now - make_interval(days => coalesce(own.keep_days, any_item.keep_days))
            order by c.closed_at limit @most
            """,
            new { now = time.GetUtcNow(), most })).AsList();

    private sealed record Row(string ItemCode, string? ItemName, int KeepDays, DateTime ChangedAt, string ChangedBy);
}
