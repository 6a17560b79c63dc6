using Dapper;
using Npgsql;

namespace TongBan.Domain.Approvals;

/// <summary>A case that an approval system has and of which it said nothing for long.</summary>
public sealed record SilentCase
{
    public required string CaseNumber { get; init; }
    public required string Authority { get; init; }

    /// <summary>The call that handed the case over.</summary>
    public Guid Push { get; init; }

    /// <summary>The kinds of message that it sent since then.</summary>
    public required string[] Known { get; init; }
}

/// <summary>Finds cases that an approval system is silent about.</summary>
public sealed class SilentCaseStore(NpgsqlConnection connection, TimeProvider time)
{
    /// <summary>Takes cases of which nothing was heard since then, so that their authority's system is asked; nobody else is given them meanwhile.</summary>
    public async Task<IReadOnlyList<SilentCase>> TakeAsync(DateTimeOffset since, int take) =>
        (await connection.QueryAsync<SilentCase>(
            """
            with silent as (
                select c.number, c.authority, push.id as push, push.finished_at
                from tongban.cases c
                join lateral (
                    select id, finished_at from tongban.partner_calls p
                    where p.case_number = c.number and p.operation = 'pushCase' and p.state = 'done' order by p.created_at desc limit 1) push on true
                left join tongban.approval_polls asked on asked.case_number = c.number
                where c.closed_at is null and c.state in ('forwarded', 'accepted', 'reviewing', 'specialProcedure') and not c.by_desk
                    and greatest(push.finished_at, asked.asked_at, (select max(m.received_at) from tongban.approval_messages m where m.case_number = c.number)) < @since
                    and not exists (select from tongban.partners x where x.partner_kind = 'approval' and x.partner = c.authority and x.paused_at is not null)
                order by asked.asked_at nulls first limit @take),
            taken as (
                insert into tongban.approval_polls as a (case_number, asked_at) select number, @now from silent
                on conflict (case_number) do update set asked_at = excluded.asked_at where a.asked_at < @since
                returning case_number)
            select s.number as CaseNumber, s.authority, s.push,
                coalesce((select array_agg(distinct m.kind) from tongban.approval_messages m where m.case_number = s.number and m.received_at > s.finished_at - interval '1 minute'), '{}') as Known
            from silent s join taken t on t.case_number = s.number
            """,
            new { since, take, now = time.GetUtcNow() })).AsList();
}
