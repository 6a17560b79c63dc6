using Dapper;
using Elsa.Persistence;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.Cases;
using TongBan.Domain.People;
using TongBan.Domain.Places;
using TongBan.Domain.TimeLimits;
using TongBan.Host.Features.Cases;
using TongBan.Host.People.Access;

namespace TongBan.Host.Features.Supervision;

/// <summary>A rating with what was done about it. It says nothing of who rated.</summary>
internal sealed record RatedCase(
    string CaseNumber, string ItemName, string Hall, int Window, int Grade, string? Comment, DateTime RatedAt, DateOnly? DueOn, bool? IsFounded, string? Finding,
    string? Measure, string? Answer, DateTime? AnsweredAt)
{
    public bool IsOpen => DueOn is not null && AnsweredAt is null;
}

/// <summary>What a check of a bad rating found.</summary>
/// <param name="IsFounded">Whether what the rater complains of is so.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Measure">What was put right; wanted when it is founded.</param>
/// <param name="Answer">What the rater reads on the progress page.</param>
internal sealed record RatingCheck(bool? IsFounded, string? Finding, string? Measure, string? Answer);

/// <summary>Bad ratings are looked into within 5 working days: verified, put right and answered.</summary>
internal sealed class RatingFollowUp(DatabaseSession session, CaseAccess access, CalendarStore calendars, AuditTrail audit, TimeProvider time)
{
    /// <summary>Grades up to this one are bad: 不满意 and 非常不满意.</summary>
    public const int WorstGrades = 2;

    /// <summary>Working days for the check; a local rule of the city.</summary>
    private const int Days = 5;

    private const int LongestText = 500;

    /// <summary>Opens the check of a bad rating, in the transaction that stores the rating.</summary>
    public async Task OpenAsync(string caseNumber)
    {
        var calendar = await calendars.ForAsync(PlaceStore.CityDivision);
        var due = time.Today();
        for (var day = 0; day < Days; day++)
            due = calendar.WorkingDayFrom(due.AddDays(1));
        await session.Connection.ExecuteAsync(
            "insert into tongban.rating_checks (case_number, opened_at, due_on) values (@caseNumber, @now, @due) on conflict do nothing", new { caseNumber, now = time.GetUtcNow(), due });
    }

    /// <summary>Ratings of the cases that this person oversees, checks that are open first and those due first at the top.</summary>
    public async Task<IReadOnlyList<RatedCase>> ListAsync(bool badOnly, Actor actor)
    {
        var parameters = CaseParts.Parameters(actor);
        parameters.Add("badOnly", badOnly);
        return (await session.Connection.QueryAsync<RatedCase>(
            $"""
            select r.case_number as CaseNumber, c.item_name as ItemName, h.name as Hall, c.window_number as Window, r.grade::int as Grade, r.comment as Comment, r.rated_at as RatedAt,
                k.due_on as DueOn, k.is_founded as IsFounded, k.finding as Finding, k.measure as Measure, k.answer as Answer, k.answered_at as AnsweredAt
            from tongban.ratings r join tongban.cases c on c.number = r.case_number join tongban.halls h on h.code = c.hall
            left join tongban.rating_checks k on k.case_number = r.case_number
            where (not @badOnly or k.case_number is not null) and {CaseParts.MaySee}
            order by (k.case_number is not null and k.answered_at is null) desc, k.due_on, r.rated_at desc limit 500
            """,
            parameters)).AsList();
    }

    /// <summary>The answer that the rater reads, or null.</summary>
    public Task<string?> AnswerOfAsync(string caseNumber) =>
        session.Connection.QuerySingleOrDefaultAsync<string?>("select answer from tongban.rating_checks where case_number = @caseNumber", new { caseNumber });

    /// <summary>Ends the check; once.</summary>
    public async Task<Result<bool>> AnswerAsync(string caseNumber, RatingCheck check, Actor by)
    {
        if ((await access.FindAsync(caseNumber, by, Act.FollowUpRating)).IsRefused(out var refusal, out _))
            return refusal;
        if (check.IsFounded is null)
            return new FieldInvalid("isFounded", "请核实评价是否属实");
        if (Missing("finding", check.Finding, "请填写核查情况") is { } noFinding)
            return noFinding;
        if (check.IsFounded == true && Missing("measure", check.Measure, "评价属实的，请填写整改措施") is { } noMeasure)
            return noMeasure;
        if (Missing("answer", check.Answer, "请填写给评价人的答复") is { } noAnswer)
            return noAnswer;
        return await session.InTransactionAsync<Result<bool>>(
            async _ =>
            {
                var ended = await session.Connection.ExecuteAsync(
                    """
                    update tongban.rating_checks set is_founded = @IsFounded, finding = @Finding, measure = @Measure, answer = @Answer, answered_at = @now, answered_by = @UserName
                    where case_number = @caseNumber and answered_at is null
                    """,
                    new { check.IsFounded, check.Finding, check.Measure, check.Answer, now = time.GetUtcNow(), by.UserName, caseNumber });
                if (ended == 0)
                    return new AnsweredAlready();
                await audit.AddAsync(by, "rating.answer", AuditTrail.Case(caseNumber), check.IsFounded == true ? "核查差评：属实" : "核查差评：不属实", check.Finding);
                return true;
            },
            CancellationToken.None);
    }

    private static FieldInvalid? Missing(string field, string? text, string problem) =>
        string.IsNullOrWhiteSpace(text) ? new FieldInvalid(field, problem) : text.Length > LongestText ? new FieldInvalid(field, $"不超过 {LongestText} 字") : null;

    private sealed record AnsweredAlready() : Refusal(RefusalKind.Conflict, "answered_already", "这条评价已经答复");
}
