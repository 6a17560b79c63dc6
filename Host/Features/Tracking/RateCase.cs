using Dapper;
using Elsa.Persistence;
using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Host.Features.Supervision;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Tracking;

/// <summary>The applicant's rating (好差评): 5 非常满意 to 1 非常不满意.</summary>
internal sealed record RatingRequest(string? Secret, int Grade, string? Comment);

/// <summary>Takes the applicant's rating, once per case. The rater stays confidential: the timeline says nothing of it.</summary>
internal sealed class RateCase(DatabaseSession session, CaseStore cases, RatingFollowUp followUp, TimeProvider time)
{
    private const int LongestComment = 500;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/track/{number}/rating", async (RateCase handler, string number, RatingRequest request) =>
            (await handler.HandleAsync(number, request)).Answer(_ => Results.StatusCode(StatusCodes.Status201Created)))
            .AllowAnonymous().RequireRateLimiting(ProblemServices.TrackingLimit)
            .WithSummary("Rate the service, once per case");

    public async Task<Result<bool>> HandleAsync(string number, RatingRequest request)
    {
        if ((await TrackCase.FindAsync(cases, number, request.Secret)).IsRefused(out var refusal, out _))
            return refusal;
        if (request.Grade is < 1 or > 5)
            return new FieldInvalid("grade", "评价为 1 至 5 级");
        if (request.Comment?.Length > LongestComment)
            return new FieldInvalid("comment", $"评语不超过 {LongestComment} 字");

        return await session.InTransactionAsync<Result<bool>>(
            async _ =>
            {
                var added = await session.Connection.ExecuteAsync(
                    "insert into tongban.ratings (case_number, grade, comment, rated_at) values (@number, @Grade, @Comment, @at) on conflict do nothing",
                    new { number, request.Grade, Comment = request.Comment?.Replace("\0", "", StringComparison.Ordinal), at = time.GetUtcNow() });
                if (added == 0)
                    return new RatedAlready();
                if (request.Grade <= RatingFollowUp.WorstGrades)
                    await followUp.OpenAsync(number);
                return true;
            },
            CancellationToken.None);
    }

    private sealed record RatedAlready() : Refusal(RefusalKind.Conflict, "rated_already", "这个办件已经评价过");
}
