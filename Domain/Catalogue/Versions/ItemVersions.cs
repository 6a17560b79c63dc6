using Dapper;
using Npgsql;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Catalogue.Versions;

/// <summary>Changes items so that it can be seen later who changed what and from when; call its changes inside a transaction.</summary>
public sealed class ItemVersions(NpgsqlConnection connection, CatalogueStore catalogue, TimeProvider time)
{
    /// <summary>
    /// Stores the item as a new version: in force at once, or planned when its first day is still to come. Cases that are open keep to
    /// the version they were opened with.
    /// </summary>
    /// <returns>True when the item is new; refused with the first broken rule.</returns>
    public async Task<Result<bool>> ChangeAsync(ServiceItem item, DateOnly? validFrom, string? reason, Actor by, CancellationToken cancellation = default)
    {
        if (ItemRules.Check(item) is [var problem, ..])
        {
            return problem;
        }

        var before = await catalogue.FindAsync(item.Code, cancellation);
        if (validFrom > time.Today())
        {
            if (before is null)
            {
                return new ItemInvalid("validFrom", "新事项须先启用，才能预定以后的版本。");
            }

            await KeepFirstAsync(before, by);
            await AddAsync(item, validFrom, inForce: false, reason, by);
            return false;
        }

        if ((await catalogue.UpsertAsync(item, cancellation)).IsRefused(out var refusal, out var isNew))
        {
            return refusal;
        }

        if (before is not null)
        {
            await KeepFirstAsync(before, by);
        }

        await ReplaceAsync(item.Code);
        await AddAsync(item, validFrom ?? time.Today(), inForce: true, reason, by);
        return isNew;
    }

    /// <summary>All versions of an item, newest first; none when it was never changed.</summary>
    public async Task<IReadOnlyList<ItemVersion>> ListAsync(string code) =>
        [.. (await connection.QueryAsync<Row>(
            """
            select version, content, valid_from as ValidFrom, in_force_at is not null as InForce, nullif(in_force_at, '-infinity') as InForceAt,
                replaced_at as ReplacedAt, reason, changed_at as ChangedAt, actor_name as ActorName
            from tongban.service_item_versions where item = @code order by version desc
            """,
            new { code })).Select(row => row.ToVersion())];

    /// <summary>Takes back a version whose day has not come; false when there is none of this number.</summary>
    public async Task<bool> CancelAsync(string code, int version) =>
        await connection.ExecuteAsync("delete from tongban.service_item_versions where item = @code and version = @version and in_force_at is null", new { code, version }) == 1;

    /// <summary>Brings into force what was planned until today, oldest first; safe to run again and on several hosts.</summary>
    /// <returns>How many versions came into force.</returns>
    public async Task<int> BringIntoForceAsync(CancellationToken cancellation = default)
    {
        var due = await connection.QueryAsync<(string Item, int Version, string Content)>(new CommandDefinition(
            """
            select item, version, content from tongban.service_item_versions
            where in_force_at is null and valid_from <= @today order by valid_from, version for update
            """,
            new { today = time.Today() }, cancellationToken: cancellation));
        var count = 0;
        foreach (var (code, version, content) in due)
        {
            // What binds the item to a workflow is kept beside its versions and changes at any time.
            var current = await catalogue.FindAsync(code, cancellation);
            _ = (await catalogue.UpsertAsync(ItemContent.Read(content) with { Workflow = current?.Workflow }, cancellation)).Value;
            await ReplaceAsync(code);
            await connection.ExecuteAsync(
                "update tongban.service_item_versions set in_force_at = @now where item = @code and version = @version", new { now = time.GetUtcNow(), code, version });
            count++;
        }

        return count;
    }

    /// <summary>How the item read before its first change, in force since ever.</summary>
    private Task KeepFirstAsync(ServiceItem item, Actor by) => connection.ExecuteAsync(
        """
        insert into tongban.service_item_versions (item, version, content, in_force_at, changed_at, changed_by, actor_name)
        values (@Code, 1, @content::jsonb, '-infinity', @now, @user, @name) on conflict do nothing
        """,
        new { item.Code, content = ItemContent.Write(item), now = time.GetUtcNow(), user = by.UserName, name = by.Name });

    private Task ReplaceAsync(string code) => connection.ExecuteAsync(
        "update tongban.service_item_versions set replaced_at = @now where item = @code and in_force_at is not null and replaced_at is null", new { code, now = time.GetUtcNow() });

    private Task AddAsync(ServiceItem item, DateOnly? validFrom, bool inForce, string? reason, Actor by) => connection.ExecuteAsync(
        """
        insert into tongban.service_item_versions (item, version, content, valid_from, in_force_at, reason, changed_at, changed_by, actor_name)
        select @Code, coalesce(max(version), 0) + 1, @content::jsonb, @validFrom, case when @inForce then @now end, @reason, @now, @user, @name
        from tongban.service_item_versions where item = @Code
        """,
        new { item.Code, content = ItemContent.Write(item), validFrom, inForce, reason, now = time.GetUtcNow(), user = by.UserName, name = by.Name });

    private sealed record Row
    {
        public int Version { get; init; }
        public required string Content { get; init; }
        public DateOnly? ValidFrom { get; init; }
        public bool InForce { get; init; }
        public DateTime? InForceAt { get; init; }
        public DateTime? ReplacedAt { get; init; }
        public string? Reason { get; init; }
        public DateTime ChangedAt { get; init; }
        public required string ActorName { get; init; }

        public ItemVersion ToVersion() => new(
            Version, ItemContent.Read(Content), ValidFrom, InForce ? InForceAt ?? DateTimeOffset.MinValue : null, ReplacedAt, Reason, ChangedAt, ActorName);
    }
}
