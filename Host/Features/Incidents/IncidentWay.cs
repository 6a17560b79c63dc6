using TongBan.Domain.Partners;

namespace TongBan.Host.Features.Incidents;

/// <summary>A way to settle an incident.</summary>
/// <param name="Code">In the API: <c>retry</c>, <c>skip</c> or <c>cancel</c>.</param>
/// <param name="State">The incident's state after it.</param>
/// <param name="Call">The call's state after it.</param>
/// <param name="What">In words.</param>
internal sealed record IncidentWay(string Code, string State, PartnerCallState Call, string What)
{
    public static readonly IncidentWay Retry = new("retry", "retried", PartnerCallState.Pending, "重试");

    public static readonly IncidentWay Skip = new("skip", "skipped", PartnerCallState.Skipped, "跳过");

    public static readonly IncidentWay Cancel = new("cancel", "cancelled", PartnerCallState.Cancelled, "取消");

    public static IReadOnlyList<IncidentWay> All { get; } = [Retry, Skip, Cancel];

    /// <summary>The way of this code; throws when there is none.</summary>
    public static IncidentWay Of(string code) => All.Single(way => way.Code == code);
}
