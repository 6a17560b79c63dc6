using Dapper;
using Npgsql;
using TongBan.Domain.People;
using TongBan.Domain.Privacy;

namespace TongBan.Domain.Partners;

/// <summary>What administrators set for partners, and how calls to them went.</summary>
public sealed class PartnerStore(NpgsqlConnection connection, PersonalSeal seal, TimeProvider time)
{
    private const string Columns =
        """
        partner_kind as Kind, partner as Code, base_url as BaseUrl, secret, secret_key as SecretKey, calls_per_minute as CallsPerMinute,
        at_once as AtOnce, paused_at as PausedAt, pause_reason as PauseReason
        """;

    /// <summary>What was set for the partner, or null.</summary>
    public async Task<PartnerSettings?> FindAsync(PartnerKind kind, string code) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(
            $"select {Columns} from tongban.partners where partner_kind = @kind and partner = @code", new { kind = Codes.Of(kind), code }))?.ToSettings(seal);

    /// <summary>All for which something was set.</summary>
    public async Task<IReadOnlyList<PartnerSettings>> AllAsync() =>
        [.. (await connection.QueryAsync<Row>($"select {Columns} from tongban.partners")).Select(row => row.ToSettings(seal))];

    /// <summary>Sets address, secret and limits. A secret of null keeps the one that was set.</summary>
    public async Task SetAsync(PartnerSettings settings, Actor by)
    {
        var secret = settings.Secret is { } given ? seal.Seal(given, RowOf(settings.Kind, settings.Code)) : (Sealed?)null;
        await connection.ExecuteAsync(
            """
            insert into tongban.partners (partner_kind, partner, base_url, secret, secret_key, calls_per_minute, at_once, changed_at, changed_by)
            values (@kind, @Code, @BaseUrl, @Bytes, @Key, @CallsPerMinute, @AtOnce, @now, @by)
            on conflict (partner_kind, partner) do update
            set base_url = excluded.base_url, secret = coalesce(excluded.secret, partners.secret), secret_key = coalesce(excluded.secret_key, partners.secret_key),
                calls_per_minute = excluded.calls_per_minute, at_once = excluded.at_once, changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """,
            new
            {
                kind = Codes.Of(settings.Kind), settings.Code, settings.BaseUrl, secret?.Bytes, secret?.Key, settings.CallsPerMinute, settings.AtOnce,
                now = time.GetUtcNow(), by = by.UserName,
            });
    }

    /// <summary>Holds all calls to the partner back, or lets them go when the reason is null.</summary>
    /// <returns>False when it was so already.</returns>
    public async Task<bool> PauseAsync(PartnerKind kind, string code, string? reason, Actor by) =>
        await connection.ExecuteAsync(
            """
            insert into tongban.partners (partner_kind, partner, paused_at, pause_reason, changed_at, changed_by)
            values (@kind, @code, case when @reason::text is null then null else @now end, @reason, @now, @by)
            on conflict (partner_kind, partner) do update
            set paused_at = excluded.paused_at, pause_reason = excluded.pause_reason, changed_at = excluded.changed_at, changed_by = excluded.changed_by
            where (partners.paused_at is null) <> (excluded.paused_at is null)
            """,
            new { kind = Codes.Of(kind), code, reason, now = time.GetUtcNow(), by = by.UserName }) == 1;

    /// <summary>Takes one of the calls that the limit per minute allows.</summary>
    /// <returns>How long to wait for one when none is left; null when the call may be made now.</returns>
    public async Task<TimeSpan?> TakeTurnAsync(PartnerSettings settings)
    {
        if (settings.CallsPerMinute is not { } perMinute)
            return null;
        var (now, gap) = (time.GetUtcNow(), TimeSpan.FromMinutes(1) / perMinute);
        var taken = await connection.ExecuteAsync(
            "update tongban.partners set next_free_at = @next where partner_kind = @kind and partner = @Code and next_free_at <= @now",
            new { kind = Codes.Of(settings.Kind), settings.Code, now, next = now + gap });
        if (taken == 1)
            return null;
        // Those that wait are spread over the time that the partner needs for all of them.
        var waiting = await connection.ExecuteScalarAsync<int>(
            "select count(*) from tongban.partner_calls where partner_kind = @kind and partner = @Code and state = 'pending'", new { kind = Codes.Of(settings.Kind), settings.Code });
        return gap * (1 + (Random.Shared.NextDouble() * waiting));
    }

    /// <summary>Writes down how an attempt went.</summary>
    public Task NoteAsync(PartnerKind kind, string code, string? failure) =>
        connection.ExecuteAsync(
            """
            insert into tongban.partner_health as h (partner_kind, partner, answered_at, failed_at, last_failure, failures_in_row)
            values (@kind, @code, case when @failure::text is null then @now end, case when @failure::text is null then null else @now end, @failure,
                case when @failure::text is null then 0 else 1 end)
            on conflict (partner_kind, partner) do update
            set answered_at = coalesce(excluded.answered_at, h.answered_at), failed_at = coalesce(excluded.failed_at, h.failed_at),
                last_failure = coalesce(excluded.last_failure, h.last_failure),
                failures_in_row = case when excluded.failures_in_row = 0 then 0 else h.failures_in_row + 1 end
            """,
            new { kind = Codes.Of(kind), code, failure, now = time.GetUtcNow() });

    /// <summary>How all partners are that were called or for which calls wait.</summary>
    public async Task<IReadOnlyList<PartnerHealth>> HealthAsync() =>
        (await connection.QueryAsync<PartnerHealth>(
            """
            select coalesce(h.partner_kind, c.partner_kind) as Kind, coalesce(h.partner, c.partner) as Code, h.answered_at as AnsweredAt, h.failed_at as FailedAt,
                h.last_failure as LastFailure, coalesce(h.failures_in_row, 0) as FailuresInRow, coalesce(c.waiting, 0)::int as Waiting, coalesce(c.given_up, 0)::int as GivenUp
            from tongban.partner_health h
            full join (
                select partner_kind, partner, count(*) filter (where state = 'pending') as waiting, count(*) filter (where state = 'failed') as given_up
                from tongban.partner_calls where state in ('pending', 'failed') group by partner_kind, partner) c using (partner_kind, partner)
            """)).AsList();

    private static string RowOf(PartnerKind kind, string code) => $"partners/{Codes.Of(kind)}/{code}";

    private sealed record Row
    {
        public PartnerKind Kind { get; init; }
        public required string Code { get; init; }
        public string? BaseUrl { get; init; }
        public byte[]? Secret { get; init; }
        public int? SecretKey { get; init; }
        public int? CallsPerMinute { get; init; }
        public int? AtOnce { get; init; }
        public DateTime? PausedAt { get; init; }
        public string? PauseReason { get; init; }

        public PartnerSettings ToSettings(PersonalSeal seal) => new(
            Kind, Code, BaseUrl, SecretKey is { } key ? seal.Open<string>(Secret!, key, RowOf(Kind, Code)) : null, CallsPerMinute, AtOnce, PausedAt, PauseReason);
    }
}
