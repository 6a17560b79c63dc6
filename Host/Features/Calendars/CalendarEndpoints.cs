using System.Security.Claims;
using TongBan.Domain.TimeLimits;
using TongBan.Host.People;
using TongBan.Host.People.Access;
using TongBan.Host.Problems;

namespace TongBan.Host.Features.Calendars;

/// <summary>A year as a file: a date or span, 休 or 班, and a name on each line.</summary>
/// <param name="Notice">The notice that says so.</param>
/// <param name="Text">The file.</param>
internal sealed record CalendarImportRequest(string? Notice, string? Text);

/// <summary>The setting of a place's calendar.</summary>
/// <param name="ReceiptMovesOn">Whether what is received on a day off counts as received on the next working day.</param>
internal sealed record CalendarRuleRequest(bool ReceiptMovesOn);

/// <summary>The calendars' addresses, for administrators.</summary>
internal static class CalendarEndpoints
{
    public static void MapCalendars(this IEndpointRouteBuilder api)
    {
        var calendars = api.MapGroup("/calendars").RequireAuthorization(Policies.For(Act.KeepCalendars));
        calendars.MapGet("", (ShowCalendar show, CancellationToken cancellation) => show.PlacesAsync(cancellation))
            .WithSummary("Places, and the years that are published or prepared for each");
        calendars.MapPut("/{division}", async (KeepCalendar keep, string division, CalendarRuleRequest request, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await keep.SetReceiptRuleAsync(division, request.ReceiptMovesOn, user.ToActor(), cancellation)).Answer(Recounting))
            .WithSummary("Set whether what is received on a day off counts from the next working day");
        calendars.MapGet("/{division}/{year:int}", async (ShowCalendar show, string division, int year, CancellationToken cancellation, bool draft = false) =>
            (await show.YearAsync(division, year, draft, cancellation)).Answer(Results.Ok))
            .WithSummary("A year day by day; with draft=true as it is prepared");
        calendars.MapPut("/{division}/{year:int}/draft", async (KeepCalendar keep, string division, int year, CalendarImportRequest request, ClaimsPrincipal user, CancellationToken cancellation) =>
        {
            var read = await keep.ImportAsync(division, year, request.Notice, request.Text, user.ToActor(), cancellation);
            return read.Refusal is CalendarFileInvalid invalid ? Rejected(invalid) : read.Answer(Results.Ok);
        })
            .WithSummary("Prepare a year from a simple file; nothing counts by it yet");
        calendars.MapDelete("/{division}/{year:int}/draft", async (KeepCalendar keep, string division, int year, CancellationToken cancellation) =>
            (await keep.DiscardAsync(division, year, cancellation)).Answer(_ => Results.NoContent()))
            .WithSummary("Throw the prepared year away");
        calendars.MapPost("/{division}/{year:int}/publish", async (KeepCalendar keep, string division, int year, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await keep.PublishAsync(division, year, user.ToActor(), cancellation)).Answer(Recounting))
            .WithSummary("Publish the prepared year; the open limits are counted again");
        calendars.MapDelete("/{division}/{year:int}", async (KeepCalendar keep, string division, int year, ClaimsPrincipal user, CancellationToken cancellation) =>
            (await keep.WithdrawAsync(division, year, user.ToActor(), cancellation)).Answer(Recounting))
            .WithSummary("Take a published year back; the open limits are counted again");
        calendars.MapGet("/recounts", (ShowCalendar show) => show.RecountsAsync()).WithSummary("The latest recounts and how far they are");
        calendars.MapGet("/recounts/{id:guid}", async (ShowCalendar show, Guid id) => (await show.RecountAsync(id)).Answer(Results.Ok)).WithSummary("How far a recount is");
    }

    private static IResult Recounting(LimitRecount recount) => Results.Accepted($"/api/calendars/recounts/{recount.Id}", RecountView.Of(recount));

    /// <summary>Every line at fault, beside the problem's words.</summary>
    private static IResult Rejected(CalendarFileInvalid invalid) => Problem.Of(
        StatusCodes.Status422UnprocessableEntity, invalid.Code, invalid.Message,
        invalid.Rejected.GroupBy(row => $"rows[{row.Row}].{row.Field}", StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Select(row => row.Problem).ToArray(), StringComparer.Ordinal));
}
