using System.Security.Claims;
using Dapper;
using Npgsql;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Domain.Privacy;
using TongBan.Domain.TimeLimits;
using TongBan.Host.People.Access;
using TongBan.Host.Features.Audit;
using TongBan.Host.People;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Cases;

/// <summary>A case in a list.</summary>
internal sealed record CaseSummary(
    string Number, CaseState State, string StateName, int Mode, string ItemCode, string ItemName, string ApplicantName, string Hall, string Authority,
    DateTimeOffset OpenedAt, DateOnly? DueOn, Light? Light, bool DueIsProvisional);

/// <summary>What to list.</summary>
/// <param name="Q">Part of a number, item or name, or a whole identity or phone number.</param>
internal sealed record CaseFilter(string? State, string? Hall, string? Authority, string? Light, string? Q, int Page = 0, int PageSize = 50);

/// <summary>The cases that the caller has a part in, newest first.</summary>
internal sealed class ListCases(NpgsqlConnection connection, PersonalSeal seal, ViewLog views, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/cases", async (
            ListCases handler, ClaimsPrincipal user, string? state, string? hall, string? authority, string? light, string? q,
            int page = 0, int pageSize = 50) =>
            (await handler.HandleAsync(new CaseFilter(state, hall, authority, light, q, page, pageSize), user.ToActor())).Answer(Results.Ok))
            .WithSummary("The cases that the caller has a part in, newest first");

    public async Task<Result<Page<CaseSummary>>> HandleAsync(CaseFilter filter, Actor actor)
    {
        if (filter.State is { } state && !Enum.TryParse<CaseState>(state, ignoreCase: true, out _))
            return new FieldInvalid("state", $"没有名为 {state} 的状态");
        if (filter.Light is { } light && !Enum.TryParse<Light>(light, ignoreCase: true, out _))
            return new FieldInvalid("light", "指示灯为 green、yellow 或 red");

        if (!string.IsNullOrWhiteSpace(filter.Q))
            await views.AddAsync(actor, "case.search", "cases", "按编号、事项、姓名或证件电话查找办件");
        var parameters = CaseParts.Parameters(actor);
        parameters.AddDynamicParams(new
        {
            State = filter.State is { } s ? Enum.Parse<CaseState>(s, ignoreCase: true).Code() : null, filter.Hall, filter.Authority,
            idMarks = seal.Marks(PersonalSeal.IdNumber, filter.Q ?? ""), phoneMarks = seal.Marks(PersonalSeal.Phone, filter.Q ?? ""),
            Light = filter.Light?.ToLowerInvariant(), Q = string.IsNullOrWhiteSpace(filter.Q) ? null : filter.Q.Trim().Replace("%", "\\%", StringComparison.Ordinal),
            today = time.Today(), size = Math.Clamp(filter.PageSize, 1, 200), skip = Math.Max(0, filter.Page) * (long)Math.Clamp(filter.PageSize, 1, 200),
        });
        var rows = (await connection.QueryAsync<Row>(
            $"""
            select c.number, c.state, c.mode, c.item_code as ItemCode, c.item_name as ItemName, c.applicant_name as ApplicantName, c.hall,
                c.authority, c.opened_at as OpenedAt, c.delivery_kind as DeliveryKind, l.due_on as DueOn, l.light, coalesce(l.provisional, false) as DueIsProvisional, count(*) over () as Total
            from tongban.cases c
            left join lateral (
                select due_on, tongban.limit_light(due_on, warn_on, ended_on, @today) as light,
                    tongban.limit_is_provisional(day_kind, started_on, due_on) as provisional
                from tongban.limit_clocks where case_number = c.number and kind = 'promised' order by id desc limit 1) l on true
            where {CaseParts.MaySee}
                and (@State::text is null or c.state = @State)
                and (@Hall::text is null or c.hall = @Hall)
                and (@Authority::text is null or c.authority = @Authority)
                and (@Light::text is null or l.light = @Light)
                and (@Q::text is null or c.number = @Q or c.number like @Q || '%' or c.item_name like '%' || @Q || '%' or c.applicant_name like '%' || @Q || '%'
                    or c.id_mark = any(@idMarks) or c.phone_mark = any(@phoneMarks))
            order by c.opened_at desc limit @size offset @skip
            """,
            parameters)).AsList();
        return new Page<CaseSummary>([.. rows.Select(r => r.ToSummary())], rows.Count > 0 ? (int)rows[0].Total : 0);
    }

    private sealed record Row
    {
        public required string Number { get; init; }
        public CaseState State { get; init; }
        public short Mode { get; init; }
        public required string ItemCode { get; init; }
        public required string ItemName { get; init; }
        public required string ApplicantName { get; init; }
        public required string Hall { get; init; }
        public required string Authority { get; init; }
        public DateTime OpenedAt { get; init; }
        public DeliveryKind DeliveryKind { get; init; }
        public DateOnly? DueOn { get; init; }
        public Light? Light { get; init; }
        public bool DueIsProvisional { get; init; }
        public long Total { get; init; }

        public CaseSummary ToSummary() => new(
            Number, State, State.Name(DeliveryKind == DeliveryKind.Pickup), Mode, ItemCode, ItemName, ApplicantName, Hall, Authority, OpenedAt, DueOn, Light, DueIsProvisional);
    }
}
