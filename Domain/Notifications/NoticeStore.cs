using System.Collections.Frozen;
using System.Text.Json;
using Dapper;
using Npgsql;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Notifications;

/// <summary>Papers of cases. A step issues each kind once, however often it is run.</summary>
public sealed class NoticeStore(NpgsqlConnection connection, CaseNumbers numbers, TimelineStore timeline, TimeProvider time)
{
    private static readonly FrozenDictionary<NoticeKind, string> Titles = new Dictionary<NoticeKind, string>
    {
        [NoticeKind.Receipt] = "收件凭证",
        [NoticeKind.Acceptance] = "受理通知书",
        [NoticeKind.Refusal] = "不予受理决定书",
        [NoticeKind.Supplement] = "补正通知书",
        [NoticeKind.Delivery] = "送达回证",
    }.ToFrozenDictionary();

    /// <summary>The paper's Chinese title.</summary>
    public static string TitleOf(NoticeKind kind) => Titles[kind];

    /// <summary>Issues a paper: draws its number, keeps its content, and says so on the timeline.</summary>
    public async Task<Notice> IssueAsync(string caseNumber, string division, NoticeKind kind, NoticeContent content, string step, Actor by)
    {
        if (await OneAsync("case_number = @caseNumber and kind = @kind and step = @step", new { caseNumber, kind = Codes.Of(kind), step }) is { } issued)
            return issued;

        var now = time.GetUtcNow();
        var notice = new Notice(Guid.CreateVersion7(), caseNumber, kind, await numbers.NextPaperAsync(TitleOf(kind), division, CityTime.DateOf(now)), content, now);
        await connection.ExecuteAsync(
            """
            insert into tongban.notices (id, case_number, kind, number, content, issued_at, issued_by, step)
            values (@Id, @CaseNumber, @kind, @Number, @content::jsonb, @IssuedAt, @by, @step)
            """,
            new { notice.Id, notice.CaseNumber, kind = Codes.Of(kind), notice.Number, content = JsonSerializer.Serialize(content, JsonSerializerOptions.Web), notice.IssuedAt, by = by.UserName, step });
        await timeline.AddAsync(caseNumber, by, "notice", $"出具{TitleOf(kind)}（{notice.Number}）");
        return notice;
    }

    /// <summary>The newest paper of this kind, or null when none was issued.</summary>
    public Task<Notice?> LatestAsync(string caseNumber, NoticeKind kind) =>
        OneAsync("case_number = @caseNumber and kind = @kind order by issued_at desc limit 1", new { caseNumber, kind = Codes.Of(kind) });

    /// <summary>The kinds of paper that were issued in the case.</summary>
    public async Task<IReadOnlyList<NoticeKind>> KindsAsync(string caseNumber) =>
        [.. (await connection.QueryAsync<string>("select kind from tongban.notices where case_number = @caseNumber group by kind order by min(issued_at)", new { caseNumber }))
            .Select(kind => Enum.Parse<NoticeKind>(kind, ignoreCase: true))];

    private async Task<Notice?> OneAsync(string condition, object parameters) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(
            $"select id, case_number as CaseNumber, kind, number, content, issued_at as IssuedAt from tongban.notices where {condition}", parameters))?.ToNotice();

    private sealed record Row
    {
        public Guid Id { get; init; }
        public required string CaseNumber { get; init; }
        public NoticeKind Kind { get; init; }
        public required string Number { get; init; }
        public required string Content { get; init; }
        public DateTime IssuedAt { get; init; }

        public Notice ToNotice() => new(Id, CaseNumber, Kind, Number, JsonSerializer.Deserialize<NoticeContent>(Content, JsonSerializerOptions.Web)!, IssuedAt);
    }
}
