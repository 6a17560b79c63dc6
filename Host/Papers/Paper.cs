using TongBan.Domain.Notifications;
using TongBan.Domain.TimeLimits;

namespace TongBan.Host.Papers;

/// <summary>A paper to print: what it says, without how it looks. The same paper always prints to the same bytes.</summary>
/// <param name="Kind">Which paper.</param>
/// <param name="Number">The paper's own number.</param>
/// <param name="CaseNumber">The case, printed in the foot of every page.</param>
/// <param name="Applicant">Whom it addresses.</param>
/// <param name="ItemName">The item that was applied for.</param>
/// <param name="IssuedBy">Whose seal goes on it.</param>
/// <param name="IssuedOn">Its date.</param>
/// <param name="Fields">Labelled fields, printed as a table.</param>
/// <param name="Entries">The list that is its point: materials, or what is missing; may run over many pages.</param>
/// <param name="Text">The reason, where it has one.</param>
/// <param name="TrackAddress">What the QR code holds: the address at which the applicant follows the case.</param>
internal sealed record Paper(
    NoticeKind Kind,
    string Number,
    string CaseNumber,
    string Applicant,
    string ItemName,
    string IssuedBy,
    DateOnly IssuedOn,
    IReadOnlyList<NoticeField> Fields,
    IReadOnlyList<string> Entries,
    string? Text,
    string TrackAddress)
{
    /// <summary>The paper of a notice as it was issued.</summary>
    internal static Paper Of(Notice notice, string trackAddress) => new(
        notice.Kind, notice.Number, notice.CaseNumber, notice.Content.Applicant, notice.Content.ItemName, notice.Content.IssuedBy,
        CityTime.DateOf(notice.IssuedAt), notice.Content.Fields, notice.Content.Entries, notice.Content.Text, trackAddress);
}
