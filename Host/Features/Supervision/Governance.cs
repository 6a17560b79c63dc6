using Dapper;
using Npgsql;

namespace TongBan.Host.Features.Supervision;

/// <summary>An item that asks for many papers.</summary>
internal sealed record HeavyItem(string Code, string Name, string Sector, int Materials, int Required);

/// <summary>An item that takes long.</summary>
internal sealed record SlowItem(string Code, string Name, string Sector, int PromisedDays, int? LegalDays);

/// <summary>An item that divisions handle differently: days from acceptance to decision, on average.</summary>
internal sealed record UnevenItem(string Code, string Name, int Divisions, string Fastest, double FastestDays, string Slowest, double SlowestDays);

/// <summary>Matters of one licence whose promised limits or papers differ although they are the same step.</summary>
internal sealed record UnevenSector(string Sector, int Items, double AverageMaterials, double AverageDays, double PromisedOfLegal, int OnTheSpot);

/// <summary>What the city looks at to have fewer papers and one standard.</summary>
internal sealed record GovernanceView(IReadOnlyList<HeavyItem> Heavy, IReadOnlyList<SlowItem> Slow, IReadOnlyList<UnevenItem> Uneven, IReadOnlyList<UnevenSector> Sectors);

/// <summary>Reads where the catalogue asks for most, takes longest, and is handled differently from place to place.</summary>
internal sealed class Governance(NpgsqlConnection connection)
{
    private const string Sql = """
        select i.code, i.name, s.name as Sector, count(*)::int as Materials, count(*) filter (where m.required)::int as Required
        from tongban.service_items i join tongban.sectors s on s.code = i.sector join tongban.material_requirements m on m.item = i.code
        where i.active group by i.code, i.name, s.name order by Required desc, Materials desc, i.code limit 30;

        select i.code, i.name, s.name as Sector, i.promised_days as PromisedDays, i.legal_days as LegalDays
        from tongban.service_items i join tongban.sectors s on s.code = i.sector
        where i.active order by i.promised_days desc, i.code limit 30;

        with pace as (
            select c.item_code, c.item_name, a.division, avg(extract(epoch from d.decided_at - n.issued_at)) / 86400 as days
            from tongban.decisions d join tongban.cases c on c.number = d.case_number join tongban.authorities a on a.code = c.authority
            join tongban.notices n on n.case_number = c.number and n.kind = 'acceptance'
            group by c.item_code, c.item_name, a.division)
        select item_code as Code, max(item_name) as Name, count(*)::int as Divisions,
            (array_agg(v.name order by days))[1] as Fastest, min(days)::float8 as FastestDays,
            (array_agg(v.name order by days desc))[1] as Slowest, max(days)::float8 as SlowestDays
        from pace join tongban.divisions v on v.code = pace.division
        group by item_code having count(*) > 1 order by max(days) - min(days) desc limit 30;

        select s.name as Sector, count(*)::int as Items, avg(m.number)::float8 as AverageMaterials, avg(i.promised_days)::float8 as AverageDays,
            coalesce(avg(i.promised_days::float8 / i.legal_days), 1)::float8 as PromisedOfLegal, count(*) filter (where i.kind = 'onTheSpot')::int as OnTheSpot
        from tongban.service_items i join tongban.sectors s on s.code = i.sector
        cross join lateral (select count(*) as number from tongban.material_requirements where item = i.code and required) m
        where i.active group by s.name, s.position order by avg(m.number) desc, s.position
        """;

    public async Task<GovernanceView> ReadAsync()
    {
        await using var results = await connection.QueryMultipleAsync(Sql);
        return new GovernanceView(
            (await results.ReadAsync<HeavyItem>()).AsList(), (await results.ReadAsync<SlowItem>()).AsList(),
            (await results.ReadAsync<UnevenItem>()).AsList(), (await results.ReadAsync<UnevenSector>()).AsList());
    }
}
