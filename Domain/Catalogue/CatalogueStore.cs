using Dapper;
using Npgsql;
using TongBan.Domain.Catalogue.Versions;

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
            select code, name, required, form, copies, source, note, reusable from tongban.material_requirements
            where item = @code order by position
            """;
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(sql, new { code }, cancellationToken: cancellation));
        var row = await results.ReadSingleOrDefaultAsync<ItemRow>();
        return row?.With((await results.ReadAsync<MaterialRequirement>()).AsList());
    }

    /// <summary>Items with their materials by code; codes that do not exist are left out.</summary>
    public async Task<IReadOnlyDictionary<string, ServiceItem>> FindManyAsync(IReadOnlyCollection<string> codes, CancellationToken cancellation = default) =>
        (await ReadAsync("i.code = any(@codes)", new { codes = codes.ToArray() }, cancellation)).ToDictionary(item => item.Code, StringComparer.Ordinal);

    /// <summary>The whole catalogue, or a sector's part of it, in the order of its codes.</summary>
    public Task<IReadOnlyList<ServiceItem>> AllAsync(string? sector = null, CancellationToken cancellation = default) =>
        ReadAsync("@sector::text is null or i.sector = @sector", new { sector }, cancellation);

    /// <summary>How many items are still the shipped samples, which no authority has confirmed.</summary>
    public Task<int> CountSamplesAsync(CancellationToken cancellation = default) => connection.ExecuteScalarAsync<int>(
        new CommandDefinition("select count(*)::int from tongban.service_items where sample", cancellationToken: cancellation));

    private async Task<IReadOnlyList<ServiceItem>> ReadAsync(string condition, object parameters, CancellationToken cancellation)
    {
        var sql = $"""
            select {ItemColumns} from tongban.service_items i where {condition} order by i.sector, i.code;
            select m.item, m.code, m.name, m.required, m.form, m.copies, m.source, m.note, m.reusable
            from tongban.material_requirements m join tongban.service_items i on i.code = m.item where {condition} order by m.item, m.position
            """;
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellation));
        var rows = (await results.ReadAsync<ItemRow>()).AsList();
        var materials = (await results.ReadAsync<MaterialRow>()).ToLookup(row => row.Item, row => row.ToMaterial(), StringComparer.Ordinal);
        return [.. rows.Select(row => row.With([.. materials[row.Code]]))];
    }

    /// <summary>The item as it read at a time: what a case that was opened then keeps to. Null when there is no such item.</summary>
    public async Task<ServiceItem?> FindAsOfAsync(string code, DateTimeOffset at, CancellationToken cancellation = default)
    {
        var past = await connection.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            """
            select content from tongban.service_item_versions
            where item = @code and replaced_at > @at and in_force_at <= @at order by replaced_at limit 1
            """,
            new { code, at }, cancellationToken: cancellation));
        return past is null ? await FindAsync(code, cancellation) : ItemContent.Read(past);
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
                insert into tongban.material_requirements (item, code, position, name, required, form, copies, source, note, reusable)
                select item.code, m.code, m.position, m.name, m.required, m.form, m.copies, m.source, m.note, m.reusable
                from item, unnest(@MaterialCodes, @MaterialNames, @Required, @Forms, @Copies, @Sources, @Notes, @Reusable)
                    with ordinality as m (code, name, required, form, copies, source, note, reusable, position)
                on conflict (item, code) do update set
                    position = excluded.position, name = excluded.name, required = excluded.required, form = excluded.form,
                    copies = excluded.copies, source = excluded.source, note = excluded.note, reusable = excluded.reusable
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
        Reusable = item.Materials.Select(material => material.Reusable).ToArray(),
    };

    private sealed record MaterialRow(string Item, string Code, string Name, bool Required, MaterialForm Form, int Copies, string? Source, string? Note, bool Reusable)
    {
        internal MaterialRequirement ToMaterial() => new(Code, Name, Required, Form, Copies, Source, Note, Reusable);
    }

    private sealed record ItemRow(
        string Code, string Name, ItemScope Scope, string Sector, ItemType Type, ItemKind Kind, HandlingMode Mode, int? LegalDays,
        int PromisedDays, TimeLimits.DayKind DayKind, ItemTarget Target, string? Fee, bool CourierAllowed, int Visits, string? ResultName,
        string? LegalBasis, int? WarningDays, string? Workflow, bool Active, bool Sample)
    {
        internal ServiceItem With(IReadOnlyList<MaterialRequirement> materials) => new(
            Code, Name, Scope, Sector, Type, Kind, Mode, LegalDays, PromisedDays, DayKind, Target, Fee, CourierAllowed, Visits,
            ResultName, LegalBasis, WarningDays, Workflow, Active, Sample, materials);
    }
}
