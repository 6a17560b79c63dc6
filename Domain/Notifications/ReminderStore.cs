using Dapper;
using Npgsql;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Notifications;

/// <summary>Whom a reminder is for: the people of a role at a place.</summary>
/// <param name="HeadsOnly">Only those who head the authority.</param>
public sealed record Addressee(Role Role, string? Hall = null, string? Authority = null, bool HeadsOnly = false);

/// <summary>What somebody is reminded of.</summary>
/// <param name="Light">How grave it is.</param>
/// <param name="What">In words.</param>
public sealed record Reminder(long Id, string CaseNumber, LimitSign Light, string What, DateTimeOffset At);

/// <summary>No such reminder for the caller, or somebody has seen it.</summary>
public sealed record ReminderUnknown() : Refusal(RefusalKind.NotFound, "reminder_unknown", "没有这条提醒");

/// <summary>
/// Reminders of limits (提醒、黄牌、红牌). One is shown until one of its people has seen it, the clock has ended, or the clock's
/// date has moved.
/// </summary>
public sealed class ReminderStore(NpgsqlConnection connection, TimeProvider time)
{
    // A head is reminded with the other approvers, and of red lights as head.
    private const string IsMine =
        """
        r.seen_at is null and r.role = @role and (r.hall is null or r.hall = @Hall) and (r.authority is null or r.authority = @Authority)
        and (r.heads_only = @IsHead or (not r.heads_only and r.light <> 'red'))
        """;

    /// <summary>Reminds each of them of a clock that turned.</summary>
    public Task AddAsync(LimitTurn turn, IReadOnlyCollection<Addressee> addressees, string what) =>
        connection.ExecuteAsync(
            """
            insert into tongban.reminders (case_number, clock, due_on, role, hall, authority, heads_only, light, what, at)
            select @CaseNumber, @Clock, @DueOn, role, hall, authority, heads, @light, @what, @at
            from unnest(@roles, @halls, @authorities, @heads) as a (role, hall, authority, heads)
            """,
            new
            {
                turn.CaseNumber, turn.Clock, turn.DueOn, light = Codes.Of(turn.Sign), what, at = time.GetUtcNow(),
                roles = addressees.Select(a => Codes.Of(a.Role)).ToArray(), halls = addressees.Select(a => a.Hall).ToArray(),
                authorities = addressees.Select(a => a.Authority).ToArray(), heads = addressees.Select(a => a.HeadsOnly).ToArray(),
            });

    /// <summary>One page of what this person is reminded of, newest first.</summary>
    public async Task<Page<Reminder>> ListForAsync(Actor actor, int page, int pageSize)
    {
        var rows = (await connection.QueryAsync<Row>(
            $"""
            select r.id, r.case_number as CaseNumber, r.light, r.what, r.at, count(*) over ()::int as Total
            from tongban.reminders r join tongban.limit_clocks c on c.id = r.clock and c.ended_on is null and c.due_on = r.due_on
            where {IsMine} order by r.at desc, r.id desc limit @pageSize offset @skip
            """,
            Parameters(actor, new { pageSize, skip = page * (long)pageSize }))).AsList();
        return new Page<Reminder>([.. rows.Select(row => row.ToReminder())], rows.Count > 0 ? rows[0].Total : 0);
    }

    /// <summary>Takes a reminder away, because this person has seen it.</summary>
    public async Task<Result<bool>> SeenAsync(long id, Actor actor) =>
        await connection.ExecuteAsync(
            $"update tongban.reminders r set seen_at = @at, seen_by = @UserName where id = @id and {IsMine}",
            Parameters(actor, new { id, at = time.GetUtcNow(), actor.UserName })) == 1 ? true : new ReminderUnknown();

    private static DynamicParameters Parameters(Actor actor, object others)
    {
        var parameters = new DynamicParameters(others);
        parameters.AddDynamicParams(new { role = Codes.Of(actor.Role), actor.Hall, actor.Authority, actor.IsHead });
        return parameters;
    }

    private sealed record Row(long Id, string CaseNumber, string Light, string What, DateTime At, int Total)
    {
        public Reminder ToReminder() => new(Id, CaseNumber, Enum.Parse<LimitSign>(Light, ignoreCase: true), What, At);
    }
}
