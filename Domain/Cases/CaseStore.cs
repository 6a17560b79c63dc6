using Dapper;
using Npgsql;
using TongBan.Domain.People;
using TongBan.Domain.Privacy;

namespace TongBan.Domain.Cases;

/// <summary>Cases in PostgreSQL. Runs on the scope's connection and in its transaction.</summary>
public sealed class CaseStore(NpgsqlConnection connection, TimelineStore timeline, PersonalSeal seal, TimeProvider time)
{
    /// <summary>Stores a new case. Throws 23505 when the same person sent the same idempotency key before.</summary>
    public async Task AddAsync(Case opened, string idempotencyKey, Actor by)
    {
        var personal = seal.Seal(CasePersonal.Of(opened), CasePersonal.Row(opened.Number));
        await connection.ExecuteAsync(
            """
            insert into tongban.cases (number, secret, idempotency_key, item_code, item_name, mode, hall, window_number,
                jurisdiction, authority, state, applicant_type, applicant_name, personal, personal_key, id_mark, phone_mark,
                id_override_reason, delivery_kind, delivery_hall, definition_id, opened_by, opened_at)
            values (@Number, @Secret, @idempotencyKey, @ItemCode, @ItemName, @Mode, @Hall, @Window,
                @Jurisdiction, @Authority, @state, @type, @Name, @Bytes, @Key, @idMark, @phoneMark,
                @IdOverrideReason, @delivery, @deliveryHall, @DefinitionId, @by, @OpenedAt)
            """,
            new
            {
                opened.Number, opened.Secret, idempotencyKey, opened.ItemCode, opened.ItemName, opened.Mode, opened.Hall,
                opened.Window, opened.Jurisdiction, opened.Authority, state = opened.State.Code(),
                type = Codes.Of(opened.Applicant.Type), opened.Applicant.Name, personal.Bytes, personal.Key,
                idMark = seal.Mark(PersonalSeal.IdNumber, opened.Applicant.IdNumber), phoneMark = seal.Mark(PersonalSeal.Phone, opened.Applicant.Phone),
                opened.Applicant.IdOverrideReason, delivery = Codes.Of(opened.Delivery.Kind), deliveryHall = opened.Delivery.Hall,
                opened.DefinitionId, by = by.UserName, opened.OpenedAt,
            });
        await timeline.AddAsync(opened.Number, by, "opened", $"在{by.Name}处登记“{opened.ItemName}”", state: opened.State);
    }

    /// <summary>The case, or null.</summary>
    public Task<Case?> FindAsync(string number) => OneAsync("number = @number", new { number });

    /// <summary>The case that this person opened with this key, or null.</summary>
    public Task<Case?> FindByKeyAsync(string openedBy, string key) =>
        OneAsync("opened_by = @openedBy and idempotency_key = @key", new { openedBy, key });

    /// <summary>The case; throws when there is none, for callers that hold its number from the database.</summary>
    public async Task<Case> GetAsync(string number) =>
        await FindAsync(number) ?? throw new InvalidOperationException($"Case {number} does not exist.");

    /// <summary>What these cases are about and who applies, by number; for lists.</summary>
    public async Task<IReadOnlyDictionary<string, CaseSubject>> SubjectsAsync(IReadOnlyCollection<string> numbers) =>
        (await connection.QueryAsync<CaseSubject>(
            "select number, item_name as ItemName, applicant_name as ApplicantName from tongban.cases where number = any(@numbers)",
            new { numbers = numbers.ToArray() })).ToDictionary(subject => subject.Number, StringComparer.Ordinal);

    /// <summary>The newest case of an applicant, by identity number or credit code; null when there is none or its data was erased.</summary>
    public Task<Case?> LatestOfAsync(string idNumber) =>
        OneAsync("id_mark = any(@marks) and erased_at is null order by opened_at desc limit 1", new { marks = seal.Marks(PersonalSeal.IdNumber, idNumber) });

    /// <summary>The numbers of an applicant's other cases of one item that were opened since a time, in any hall.</summary>
    public async Task<IReadOnlyList<string>> SameItemSinceAsync(string itemCode, string idNumber, DateTimeOffset since, string? except = null) =>
        (await connection.QueryAsync<string>(
            """
            select number from tongban.cases
            where id_mark = any(@marks) and item_code = @itemCode and opened_at >= @since and number is distinct from @except order by number
            """,
            new { marks = seal.Marks(PersonalSeal.IdNumber, idNumber), itemCode, since = since.ToUniversalTime(), except })).AsList();

    /// <summary>Remembers which workflow instance handles the case.</summary>
    public Task AttachInstanceAsync(string number, string instanceId) =>
        connection.ExecuteAsync("update tongban.cases set instance_id = @instanceId where number = @number", new { number, instanceId });

    /// <summary>The number of the case that an instance handles; null when it handles none.</summary>
    public Task<string?> NumberOfInstanceAsync(string instanceId) =>
        connection.QuerySingleOrDefaultAsync<string?>("select number from tongban.cases where instance_id = @instanceId", new { instanceId });

    /// <summary>Gives the case to an authority.</summary>
    public Task AssignAsync(string number, string authority) =>
        connection.ExecuteAsync("update tongban.cases set authority = @authority where number = @number", new { number, authority });

    /// <summary>Gives the case to the authority's people at the approval desk, whatever system the authority has.</summary>
    public Task ToDeskAsync(string number) =>
        connection.ExecuteAsync("update tongban.cases set by_desk = true where number = @number", new { number });

    /// <summary>Moves the case to another state and says so on its timeline; asking for the state it has does nothing.</summary>
    public async Task<Result<CaseState>> MoveAsync(string number, CaseState to, Actor by, string what, string? why = null)
    {
        // The row's lock, not the reading, decides between two who would move the case at once.
        var code = await connection.ExecuteScalarAsync<string?>("select state from tongban.cases where number = @number for update", new { number });
        if (code is null)
            return new CaseUnknown(number);

        var from = Enum.Parse<CaseState>(code, ignoreCase: true);
        if (from == to)
            return to;
        if (!LifeCycle.Allows(from, to))
            return new StateNotAllowed(from, to);

        await connection.ExecuteAsync(
            "update tongban.cases set state = @state, closed_at = @closedAt where number = @number",
            new { number, state = to.Code(), closedAt = to == CaseState.Archived ? time.GetUtcNow() : (DateTimeOffset?)null });
        await timeline.AddAsync(number, by, "state", what, why, to);
        return to;
    }

    /// <summary>Records that the applicant withdraws; the workflow does the rest.</summary>
    public async Task<Result<bool>> WithdrawAsync(string number, string reason, Actor by)
    {
        var code = await connection.ExecuteScalarAsync<string?>("select state from tongban.cases where number = @number for update", new { number });
        if (code is null)
            return new CaseUnknown(number);
        if (Enum.Parse<CaseState>(code, ignoreCase: true) is var state && !LifeCycle.MayWithdraw(state))
            return new TooLateToWithdraw(state);

        await connection.ExecuteAsync(
            "update tongban.cases set withdrawn_at = @at, withdraw_reason = @reason where number = @number and withdrawn_at is null",
            new { number, reason, at = time.GetUtcNow() });
        await timeline.AddAsync(number, by, "withdrawal", "申请人要求撤件", reason);
        return true;
    }

    /// <summary>Gives the case a pick-up code; a case that has one keeps it.</summary>
    public Task<string> PickupCodeAsync(string number) =>
        connection.QuerySingleAsync<string>(
            "update tongban.cases set pickup_code = coalesce(pickup_code, @code) where number = @number returning pickup_code",
            new { number, code = CaseNumbers.NewPickupCode() });

    private async Task<Case?> OneAsync(string condition, object parameters) =>
        (await connection.QuerySingleOrDefaultAsync<CaseRow>($"{CaseRow.Select} where {condition}", parameters))?.ToCase(seal);
}

/// <summary>What a case is about, in a line.</summary>
public sealed record CaseSubject(string Number, string ItemName, string ApplicantName);
