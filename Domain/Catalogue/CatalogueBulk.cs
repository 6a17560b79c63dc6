using System.Text.Json;
using Dapper;
using Npgsql;

namespace TongBan.Domain.Catalogue;

/// <summary>Stores many new items at once, in one statement.</summary>
internal static class CatalogueBulk
{
    /// <summary>Adds the items whose codes are not there yet, with their materials; items that exist stay as they are.</summary>
    /// <exception cref="InvalidOperationException">One of them breaks a rule of the catalogue.</exception>
    internal static async Task AddMissingAsync(NpgsqlConnection connection, IReadOnlyCollection<ServiceItem> items, CancellationToken cancellation)
    {
        var known = (await connection.QueryAsync<string>(new CommandDefinition(
            "select code from tongban.service_items where code = any(@codes)", new { codes = items.Select(item => item.Code).ToArray() }, cancellationToken: cancellation)))
            .ToHashSet(StringComparer.Ordinal);
        var added = items.Where(item => !known.Contains(item.Code)).ToList();
        if (added.SelectMany(item => ItemRules.Check(item).Select(problem => (item, problem))).FirstOrDefault() is { item: not null } wrong)
        {
            throw new InvalidOperationException($"The item {wrong.item.Code} is wrong in {wrong.problem.Field}: {wrong.problem.Message}");
        }

        if (added.Count > 0)
        {
            await AddAsync(connection, added, cancellation);
        }
    }

    private static Task AddAsync(NpgsqlConnection connection, List<ServiceItem> items, CancellationToken cancellation)
    {
        const string sql = """
            with added as (
                insert into tongban.service_items (
                    code, name, spelling, scope, sector, type, kind, mode, legal_days, promised_days, day_kind, target, fee,
                    courier_allowed, visits, result_name, legal_basis, warning_days, workflow, active, sample)
                select code, name, spelling, scope, sector, type, kind, mode, legal_days, promised_days, day_kind, target, fee,
                    courier_allowed, visits, result_name, legal_basis, warning_days, workflow, active, sample
                from jsonb_to_recordset(@items::jsonb) as i (
                    code text, name text, spelling text, scope text, sector text, type text, kind text, mode int, legal_days int,
                    promised_days int, day_kind text, target text, fee text, courier_allowed boolean, visits int, result_name text,
                    legal_basis text, warning_days int, workflow text, active boolean, sample boolean)
                on conflict do nothing
                returning code
            )
            insert into tongban.material_requirements (item, code, position, name, required, form, copies, source, note, reusable)
            select m.item, m.code, m.position, m.name, m.required, m.form, m.copies, m.source, m.note, m.reusable
            from jsonb_to_recordset(@materials::jsonb) as m (
                item text, code text, position int, name text, required boolean, form text, copies int, source text, note text, reusable boolean)
            join added on added.code = m.item
            """;
        return connection.ExecuteAsync(new CommandDefinition(
            sql,
            new { items = JsonSerializer.Serialize(items.Select(ItemColumns)), materials = JsonSerializer.Serialize(items.SelectMany(MaterialColumns)) },
            cancellationToken: cancellation));
    }

    private static object ItemColumns(ServiceItem item) => new
    {
        code = item.Code, name = item.Name, spelling = PinyinTable.Spell(item.Name), scope = Codes.Of(item.Scope), sector = item.Sector,
        type = Codes.Of(item.Type), kind = Codes.Of(item.Kind), mode = (int)item.Mode, legal_days = item.LegalDays, promised_days = item.PromisedDays,
        day_kind = Codes.Of(item.DayKind), target = Codes.Of(item.Target), fee = item.Fee, courier_allowed = item.CourierAllowed, visits = item.Visits,
        result_name = item.ResultName, legal_basis = item.LegalBasis, warning_days = item.WarningDays, workflow = item.Workflow, active = item.Active,
        sample = item.Sample,
    };

    private static IEnumerable<object> MaterialColumns(ServiceItem item) => item.Materials.Select((material, index) => new
    {
        item = item.Code, code = material.Code, position = index + 1, name = material.Name, required = material.Required, form = Codes.Of(material.Form),
        copies = material.Copies, source = material.Source, note = material.Note, reusable = material.Reusable,
    });
}
