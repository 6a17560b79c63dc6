using System.Text.Json;
using Dapper;
using Npgsql;
using TongBan.Domain.People;

namespace TongBan.Domain.Tasks;

/// <summary>Human tasks in PostgreSQL.</summary>
public sealed class TaskStore(NpgsqlConnection connection, TimeProvider time)
{
    private const string Columns =
        """
        id, case_number as CaseNumber, kind, step, role, hall, authority, opened_at as OpenedAt, due_on as DueOn,
        state, outcome, data, completed_by as CompletedBy
        """;

    /// <summary>
    /// What became of the step's task of this kind: opened now if there was none, else as it stands.
    /// A completed one is handed out once; after that the next call opens the next round.
    /// </summary>
    public async Task<HumanTask> ExpectAsync(string caseNumber, TaskKind kind, string step, Role role, string? hall, string? authority, DateOnly? dueOn = null)
    {
        var latest = await connection.QuerySingleOrDefaultAsync<Row>(
            $"select {Columns}, consumed, round from tongban.tasks where step = @step and kind = @kind order by round desc limit 1",
            new { step, kind = kind.Code });
        if (latest is { Consumed: false })
            return latest.ToTask();

        var row = await connection.QuerySingleAsync<Row>(
            $"""
            insert into tongban.tasks (id, case_number, kind, step, round, role, hall, authority, opened_at, due_on)
            values (@id, @caseNumber, @kind, @step, @round, @role, @hall, @authority, @at, @dueOn)
            returning {Columns}, consumed, round
            """,
            new
            {
                id = Guid.CreateVersion7(), caseNumber, kind = kind.Code, step, round = (latest?.Round ?? 0) + 1,
                role = Codes.Of(role), hall, authority, at = time.GetUtcNow(), dueOn,
            });
        return row.ToTask();
    }

    /// <summary>Marks a completed task as taken by its step, so that it counts once.</summary>
    public Task TakeAsync(Guid id) =>
        connection.ExecuteAsync("update tongban.tasks set consumed = true where id = @id", new { id });

    /// <summary>The task, or null.</summary>
    public async Task<HumanTask?> FindAsync(Guid id) =>
        (await connection.QuerySingleOrDefaultAsync<Row>($"select {Columns} from tongban.tasks where id = @id", new { id }))?.ToTask();

    /// <summary>Completes an open task; false when somebody was faster.</summary>
    public async Task<bool> CompleteAsync(Guid id, string outcome, TaskData data, Actor by) =>
        await connection.ExecuteAsync(
            """
            update tongban.tasks
            set state = 'completed', outcome = @outcome, data = @data::jsonb, completed_at = @at, completed_by = @by::jsonb
            where id = @id and state = 'open'
            """,
            new { id, outcome, data = ToJson(data), at = time.GetUtcNow(), by = ToJson(by) }) == 1;

    /// <summary>Cancels the open tasks of one step.</summary>
    public Task CancelStepAsync(string step) =>
        connection.ExecuteAsync("update tongban.tasks set state = 'cancelled', completed_at = @at where step = @step and state = 'open'", new { step, at = time.GetUtcNow() });

    /// <summary>Cancels every open task of the case.</summary>
    public Task CancelCaseAsync(string caseNumber) =>
        connection.ExecuteAsync(
            "update tongban.tasks set state = 'cancelled', completed_at = @at where case_number = @caseNumber and state = 'open'",
            new { caseNumber, at = time.GetUtcNow() });

    /// <summary>The case's tasks, oldest first.</summary>
    public async Task<IReadOnlyList<HumanTask>> ListAsync(string caseNumber) =>
        (await connection.QueryAsync<Row>($"select {Columns} from tongban.tasks where case_number = @caseNumber order by opened_at", new { caseNumber }))
        .Select(r => r.ToTask()).ToList();

    /// <summary>One page of the open tasks that are this person's work, those due first at the top.</summary>
    public async Task<Page<HumanTask>> ListForAsync(Actor actor, int page, int pageSize)
    {
        var rows = (await connection.QueryAsync<Row>(
            $"""
            select {Columns}, count(*) over ()::int as Total from tongban.tasks
            where state = 'open' and role = @role and (hall is null or hall = @Hall) and (authority is null or authority = @Authority)
            order by due_on nulls last, opened_at limit @pageSize offset @skip
            """,
            new { role = Codes.Of(actor.Role), actor.Hall, actor.Authority, pageSize, skip = page * (long)pageSize })).AsList();
        return new Page<HumanTask>([.. rows.Select(r => r.ToTask())], rows.Count > 0 ? rows[0].Total : 0);
    }

    private static string ToJson<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private sealed record Row
    {
        public Guid Id { get; init; }
        public required string CaseNumber { get; init; }
        public required string Kind { get; init; }
        public required string Step { get; init; }
        public Role Role { get; init; }
        public string? Hall { get; init; }
        public string? Authority { get; init; }
        public DateTime OpenedAt { get; init; }
        public DateOnly? DueOn { get; init; }
        public required string State { get; init; }
        public string? Outcome { get; init; }
        public string? Data { get; init; }
        public string? CompletedBy { get; init; }
        public bool Consumed { get; init; }
        public int Round { get; init; }
        public int Total { get; init; }

        public HumanTask ToTask() => new(
            Id, CaseNumber, TaskKind.Of(Kind), Step, Role, Hall, Authority, OpenedAt, DueOn, State, Outcome,
            Data is null ? TaskData.None : From<TaskData>(Data), CompletedBy is null ? null : From<Actor>(CompletedBy));

        private static T From<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web)!;
    }
}
