using Dapper;
using Npgsql;

namespace TongBan.Domain.Catalogue;

/// <summary>The service items of the city.</summary>
/// <param name="connection">The request's connection; opened by Dapper when it is closed.</param>
public sealed class CatalogueStore(NpgsqlConnection connection)
{
    private const string ItemColumns = """
        code, name, scope, sector, type, kind, mode, legal_days as LegalDays, promised_days as PromisedDays, day_kind as DayKind,
        target, fee, courier_allowed as CourierAllowed, visits, result_name as ResultName, legal_basis as LegalBasis,
        warning_days as WarningDays, workflow, active, sample
        """;

    /// <summary>The item with its materials, in or out of service, or null.</summary>
    public async Task<ServiceItem?> FindAsync(string code, CancellationToken cancellation = default)
    {
        const string sql = $"""
            select {ItemColumns} from tongban.service_items where code = @code;
            select code, name, required, form, copies, source, note from tongban.material_requirements
            where item = @code order by position
            """;
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(sql, new { code }, cancellationToken: cancellation));
        var row = await results.ReadSingleOrDefaultAsync<ItemRow>();
        return row?.With((await results.ReadAsync<MaterialRequirement>()).AsList());
    }

    /// <summary>
    /// Items that hold every word typed, best first: the code itself, the name from its start, the name anywhere,
    /// initials or pinyin from the name's start, then those with the fewest words that have gaps; shorter names first.
    /// </summary>
    /// <remarks>
    /// Words match with gaps inside them, which no index helps with: PostgreSQL reads the whole catalogue,
    /// which is a few milliseconds for some thousand items.
    /// </remarks>
    public async Task<Page<ItemSummary>> SearchAsync(ItemSearch search, CancellationToken cancellation = default)
    {
        const string sql = """
            select code, name, scope, sector, kind, mode, promised_days as PromisedDays, day_kind as DayKind, target, active,
                   count(*) over ()::int as Total
            from tongban.service_items
            where (active or @IncludeInactive)
              and (@Scope::text is null or scope = @Scope)
              and (@Sector::text is null or sector = @Sector)
              and (@Mode::int is null or mode = @Mode)
              and not exists (
                  select from unnest(@Likes, @Spellings) as word (pattern, spelled)
                  where not (lower(name) like pattern or lower(code) like pattern or (spelled <> '' and spelling ~ spelled)))
            order by case
                when lower(code) = @Whole then 0
                when starts_with(lower(name), @Whole) then 1
                when strpos(lower(name), @Whole) > 0 then 2
                when @RunFromStart <> '' and spelling ~ @RunFromStart then 3
                else 4 end,
                (select count(*) from unnest(@Words, @Runs) as word (typed, run)
                 where strpos(lower(name), typed) = 0 and (run = '' or spelling !~ run)),
                length(name), code
            limit @PageSize offset @PageNumber::bigint * @PageSize
            """;
        var words = SearchWords.From(search.Q);
        var pageSize = Math.Clamp(search.PageSize, 1, 500);
        var rows = (await connection.QueryAsync<SummaryRow>(new CommandDefinition(
            sql,
            new
            {
                search.IncludeInactive,
                Scope = search.Scope is { } scope ? Codes.Of(scope) : null,
                search.Sector,
                Mode = (int?)search.Mode,
                words.Whole,
                words.Words,
                words.Likes,
                words.Spellings,
                words.Runs,
                words.RunFromStart,
                PageSize = pageSize,
                PageNumber = Math.Max(0, search.PageNumber),
            },
            cancellationToken: cancellation))).AsList();
        if (rows.Count == 0 && search.PageNumber > 0)
        {
            // Beyond the last page no row carries the total.
            return new Page<ItemSummary>([], (await SearchAsync(search with { PageNumber = 0, PageSize = 1 }, cancellation)).Total);
        }

        return new Page<ItemSummary>([.. rows.Select(row => row.Summary)], rows.Count > 0 ? rows[0].Total : 0);
    }

    /// <summary>Adds an item or replaces it with its materials; true when it is new. Call it inside a transaction.</summary>
    /// <returns>Refused with the first broken rule of <see cref="ItemRules"/>, or when the sector does not exist.</returns>
    public async Task<Result<bool>> UpsertAsync(ServiceItem item, CancellationToken cancellation = default)
    {
        if (ItemRules.Check(item) is [var problem, ..])
        {
            return problem;
        }

        // One statement, so that no reader sees the item with half of its materials.
        const string sql = """
            with item as (
                insert into tongban.service_items (
                    code, name, spelling, scope, sector, type, kind, mode, legal_days, promised_days, day_kind, target, fee,
                    courier_allowed, visits, result_name, legal_basis, warning_days, workflow, active, sample)
                select @Code, @Name, @Spelling, @Scope, code, @Type, @Kind, @Mode, @LegalDays, @PromisedDays, @DayKind, @Target, @Fee,
                       @CourierAllowed, @Visits, @ResultName, @LegalBasis, @WarningDays, @Workflow, @Active, @Sample
                from tongban.sectors where code = @Sector
                on conflict (code) do update set
                    name = excluded.name, spelling = excluded.spelling, scope = excluded.scope, sector = excluded.sector,
                    type = excluded.type, kind = excluded.kind, mode = excluded.mode, legal_days = excluded.legal_days,
                    promised_days = excluded.promised_days, day_kind = excluded.day_kind, target = excluded.target,
                    fee = excluded.fee, courier_allowed = excluded.courier_allowed, visits = excluded.visits,
                    result_name = excluded.result_name, legal_basis = excluded.legal_basis,
                    warning_days = excluded.warning_days, workflow = excluded.workflow, active = excluded.active,
                    sample = excluded.sample
                returning code, xmax = 0 as created
            ), gone as (
                delete from tongban.material_requirements as m using item
                where m.item = item.code and m.code <> all (@MaterialCodes)
            ), materials as (
                insert into tongban.material_requirements (item, code, position, name, required, form, copies, source, note)
                select item.code, m.code, m.position, m.name, m.required, m.form, m.copies, m.source, m.note
                from item, unnest(@MaterialCodes, @MaterialNames, @Required, @Forms, @Copies, @Sources, @Notes)
                    with ordinality as m (code, name, required, form, copies, source, note, position)
                on conflict (item, code) do update set
                    position = excluded.position, name = excluded.name, required = excluded.required, form = excluded.form,
                    copies = excluded.copies, source = excluded.source, note = excluded.note
            )
            select created from item
            """;
        var created = await connection.QuerySingleOrDefaultAsync<bool?>(new CommandDefinition(sql, Parameters(item), cancellationToken: cancellation));
        return created is { } isNew ? isNew : new ItemInvalid("sector", $"没有代码为“{item.Sector}”的条线。");
    }

    /// <summary>The workflows of the items that have one of their own, by item code.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OwnWorkflowsAsync(CancellationToken cancellation = default) =>
        (await connection.QueryAsync<(string Code, string Workflow)>(new CommandDefinition(
            "select code, workflow from tongban.service_items where workflow is not null", cancellationToken: cancellation))).ToDictionary(row => row.Code, row => row.Workflow, StringComparer.Ordinal);

    /// <summary>Gives an item a workflow of its own, or with null the mode's again. False when the item stood otherwise than <paramref name="from"/>.</summary>
    public async Task<bool> BindWorkflowAsync(string code, string? from, string? to, CancellationToken cancellation = default) =>
        await connection.ExecuteAsync(new CommandDefinition(
            "update tongban.service_items set workflow = @to where code = @code and workflow is not distinct from @from", new { code, from, to }, cancellationToken: cancellation)) == 1;

    private static object Parameters(ServiceItem item) => new
    {
        item.Code,
        item.Name,
        Spelling = PinyinTable.Spell(item.Name),
        Scope = Codes.Of(item.Scope),
        item.Sector,
        Type = Codes.Of(item.Type),
        Kind = Codes.Of(item.Kind),
        Mode = (int)item.Mode,
        item.LegalDays,
        item.PromisedDays,
        DayKind = Codes.Of(item.DayKind),
        Target = Codes.Of(item.Target),
        item.Fee,
        item.CourierAllowed,
        item.Visits,
        item.ResultName,
        item.LegalBasis,
        item.WarningDays,
        item.Workflow,
        item.Active,
        item.Sample,
        MaterialCodes = item.Materials.Select(material => material.Code).ToArray(),
        MaterialNames = item.Materials.Select(material => material.Name).ToArray(),
        Required = item.Materials.Select(material => material.Required).ToArray(),
        Forms = item.Materials.Select(material => Codes.Of(material.Form)).ToArray(),
        Copies = item.Materials.Select(material => material.Copies).ToArray(),
        Sources = item.Materials.Select(material => material.Source).ToArray(),
        Notes = item.Materials.Select(material => material.Note).ToArray(),
    };

    private sealed record ItemRow(
        string Code, string Name, ItemScope Scope, string Sector, ItemType Type, ItemKind Kind, HandlingMode Mode, int? LegalDays,
        int PromisedDays, TimeLimits.DayKind DayKind, ItemTarget Target, string? Fee, bool CourierAllowed, int Visits, string? ResultName,
        string? LegalBasis, int? WarningDays, string? Workflow, bool Active, bool Sample)
    {
        internal ServiceItem With(IReadOnlyList<MaterialRequirement> materials) => new(
            Code, Name, Scope, Sector, Type, Kind, Mode, LegalDays, PromisedDays, DayKind, Target, Fee, CourierAllowed, Visits,
            ResultName, LegalBasis, WarningDays, Workflow, Active, Sample, materials);
    }

    private sealed record SummaryRow(
        string Code, string Name, ItemScope Scope, string Sector, ItemKind Kind, HandlingMode Mode, int PromisedDays,
        TimeLimits.DayKind DayKind, ItemTarget Target, bool Active, int Total)
    {
        internal ItemSummary Summary => new(Code, Name, Scope, Sector, Kind, Mode, PromisedDays, DayKind, Target, Active);
    }
}
