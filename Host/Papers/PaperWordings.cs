using Dapper;
using Npgsql;
using TongBan.Domain;
using TongBan.Domain.Notifications;

namespace TongBan.Host.Papers;

/// <summary>The set phrases that papers are printed with: the city's own where it has some, else those of the product. One paragraph a line.</summary>
internal sealed class PaperWordings(NpgsqlConnection connection, TimeProvider time)
{
    /// <summary>The wording that a paper of this kind is printed with now.</summary>
    public async Task<PaperWording> OfAsync(NoticeKind kind)
    {
        var wording = PaperWording.Of(kind);
        return await connection.QuerySingleOrDefaultAsync<Row>("select kind, opening, closing, changed_at as ChangedAt, changed_by as ChangedBy from tongban.paper_wordings where kind = @kind", new { kind = Codes.Of(kind) }) is { } own
            ? wording with { Opening = own.Opening, Closing = Paragraphs.Of(own.Closing) }
            : wording;
    }

    /// <summary>The city's own wordings: when each was changed, and by whom.</summary>
    public async Task<IReadOnlyDictionary<NoticeKind, (DateTimeOffset At, string By)>> OwnAsync() =>
        (await connection.QueryAsync<Row>("select kind, opening, closing, changed_at as ChangedAt, changed_by as ChangedBy from tongban.paper_wordings"))
        .ToDictionary(row => Enum.Parse<NoticeKind>(row.Kind, ignoreCase: true), row => ((DateTimeOffset)row.ChangedAt, row.ChangedBy));

    public Task SetAsync(NoticeKind kind, string opening, string closing, string by) => connection.ExecuteAsync(
        """
        insert into tongban.paper_wordings (kind, opening, closing, changed_at, changed_by) values (@kind, @opening, @closing, @now, @by)
        on conflict (kind) do update set opening = excluded.opening, closing = excluded.closing, changed_at = excluded.changed_at, changed_by = excluded.changed_by
        """,
        new { kind = Codes.Of(kind), opening, closing, now = time.GetUtcNow(), by });

    /// <summary>Back to the product's own; false when it had them already.</summary>
    public async Task<bool> ResetAsync(NoticeKind kind) =>
        await connection.ExecuteAsync("delete from tongban.paper_wordings where kind = @kind", new { kind = Codes.Of(kind) }) == 1;

    private sealed record Row(string Kind, string Opening, string Closing, DateTime ChangedAt, string ChangedBy);
}
