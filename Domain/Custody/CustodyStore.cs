using Dapper;
using Npgsql;
using TongBan.Domain.People;

namespace TongBan.Domain.Custody;

/// <summary>Papers and hand-overs in PostgreSQL. Nothing but <see cref="MoveAsync"/> changes a holder.</summary>
public sealed class CustodyStore(NpgsqlConnection connection, TimeProvider time)
{
    private const string HandOverColumns =
        """
        h.id, h.case_number as CaseNumber, h.from_kind as FromKind, h.from_holder as FromHolder, h.to_kind as ToKind, h.to_holder as ToHolder,
        h.papers, h.reason, h.back_of as BackOf, h.at, h.by_name as ByName, r.at as ReceivedAt, r.by_name as ReceivedBy
        """;

    /// <summary>Registers a paper with whom brings it.</summary>
    public async Task<Guid> AddAsync(string caseNumber, PaperKind kind, string code, string name, Holder holder)
    {
        var id = Guid.CreateVersion7();
        await connection.ExecuteAsync(
            """
            insert into tongban.papers (id, case_number, kind, code, name, holder_kind, holder, since)
            values (@id, @caseNumber, @kind, @code, @name, @holderKind, @holderCode, @now)
            """,
            new { id, caseNumber, kind = Codes.Of(kind), code, name, holderKind = Codes.Of(holder.Kind), holderCode = holder.Code, now = time.GetUtcNow() });
        return id;
    }

    /// <summary>Hands papers over, all or none.</summary>
    /// <returns>The hand-over's id; null when one of the papers is not with whom gives it.</returns>
    public async Task<Guid?> MoveAsync(string caseNumber, IReadOnlyCollection<Guid> papers, Holder from, Holder to, string? reason, Actor by, Guid? backOf = null)
    {
        var id = Guid.CreateVersion7();
        // One statement: the holders that are read are those that are changed, whoever else moves papers at the same time.
        var written = await connection.ExecuteAsync(
            """
            with held as (
                select id from tongban.papers where case_number = @caseNumber and id = any(@papers) and holder_kind = @fromKind and holder = @fromHolder for update),
            moved as (
                update tongban.papers set holder_kind = @toKind, holder = @toHolder, since = @now
                where id in (select id from held) and (select count(*) from held) = cardinality(@papers))
            insert into tongban.hand_overs (id, case_number, from_kind, from_holder, to_kind, to_holder, papers, reason, back_of, at, by_user, by_name)
            select @id, @caseNumber, @fromKind, @fromHolder, @toKind, @toHolder, @papers, @reason, @backOf, @now, @UserName, @Name
            where (select count(*) from held) = cardinality(@papers)
            """,
            new
            {
                id, caseNumber, papers = papers.Distinct().ToArray(), fromKind = Codes.Of(from.Kind), fromHolder = from.Code, toKind = Codes.Of(to.Kind), toHolder = to.Code,
                reason, backOf, now = time.GetUtcNow(), by.UserName, by.Name,
            });
        return written == 1 ? id : null;
    }

    /// <summary>The case's papers.</summary>
    public async Task<IReadOnlyList<HeldPaper>> ListAsync(string caseNumber) =>
        [.. (await connection.QueryAsync<PaperRow>(
            """
            select id, case_number as CaseNumber, kind, code, name, holder_kind as HolderKind, holder, since
            from tongban.papers where case_number = @caseNumber order by id
            """,
            new { caseNumber })).Select(row => row.ToPaper())];

    /// <summary>The case's hand-overs, oldest first.</summary>
    public async Task<IReadOnlyList<HandOver>> HandOversAsync(string caseNumber) =>
        [.. (await connection.QueryAsync<HandOverRow>(
            $"select {HandOverColumns} from tongban.hand_overs h left join tongban.hand_over_receipts r on r.hand_over = h.id where h.case_number = @caseNumber order by h.position",
            new { caseNumber }))
            .Select(row => row.ToHandOver())];

    /// <summary>Writes down who confirmed a hand-over; false when somebody had.</summary>
    public async Task<bool> ConfirmAsync(Guid handOver, Actor by) =>
        await connection.ExecuteAsync(
            "insert into tongban.hand_over_receipts (hand_over, at, by_user, by_name) values (@handOver, @now, @UserName, @Name) on conflict do nothing",
            new { handOver, now = time.GetUtcNow(), by.UserName, by.Name }) == 1;

    private sealed record PaperRow
    {
        public Guid Id { get; init; }
        public required string CaseNumber { get; init; }
        public PaperKind Kind { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public HolderKind HolderKind { get; init; }
        public required string Holder { get; init; }
        public DateTime Since { get; init; }

        public HeldPaper ToPaper() => new(Id, CaseNumber, Kind, Code, Name, new Holder(HolderKind, Holder), Since);
    }

    private sealed record HandOverRow
    {
        public Guid Id { get; init; }
        public required string CaseNumber { get; init; }
        public HolderKind FromKind { get; init; }
        public required string FromHolder { get; init; }
        public HolderKind ToKind { get; init; }
        public required string ToHolder { get; init; }
        public required Guid[] Papers { get; init; }
        public string? Reason { get; init; }
        public Guid? BackOf { get; init; }
        public DateTime At { get; init; }
        public required string ByName { get; init; }
        public DateTime? ReceivedAt { get; init; }
        public string? ReceivedBy { get; init; }

        public HandOver ToHandOver() => new(
            Id, CaseNumber, new(FromKind, FromHolder), new(ToKind, ToHolder), Papers, Reason, BackOf, At, ByName, ReceivedAt is { } at ? new(ReceivedBy!, at) : null);
    }
}
