using Microsoft.Extensions.Options;
using TongBan.Domain.Couriers;
using TongBan.Domain.Notifications;
using TongBan.Domain.Partners;
using TongBan.Domain.Places;
using TongBan.Host.Mail;
using TongBan.Host.Mail.Bounces;
using TongBan.Host.Partners;

namespace TongBan.Host.Features.Partners;

/// <summary>A partner as administrators see it; never its secret.</summary>
/// <param name="Address">Where calls go.</param>
/// <param name="IsSandbox">Whether the sandbox stands in.</param>
/// <param name="HasOwnSecret">Whether a secret was set here; else that of the settings or the sandbox signs.</param>
internal sealed record PartnerView(
    PartnerKind Kind, string Code, string Name, string Address, bool IsSandbox, string? BaseUrl, bool HasOwnSecret, int? CallsPerMinute, int? AtOnce,
    DateTimeOffset? PausedAt, string? PauseReason, bool? IsWell, DateTimeOffset? AnsweredAt, DateTimeOffset? FailedAt, string? LastFailure, int FailuresInRow, int Waiting, int GivenUp);

/// <summary>All partners there are: the courier, the authorities with a system, the mail server and its bounce mailbox, and the SMS gateway.</summary>
internal sealed class ListPartners(PartnerStore partners, PartnerDirectory directory, PlaceStore places, IOptions<SmtpOptions> smtp, IOptions<BounceOptions> bounces)
{
    private static readonly (PartnerKind Kind, string Code) BounceMailbox = (PartnerKind.Mail, Messenger.Bounces);

    public async Task<IReadOnlyList<PartnerView>> HandleAsync()
    {
        var set = (await partners.AllAsync()).ToDictionary(each => (each.Kind, each.Code));
        var health = (await partners.HealthAsync()).ToDictionary(each => (each.Kind, each.Code));
        var authorities = (await places.AllAsync()).Authorities;
        var names = new Dictionary<(PartnerKind, string), string>
        {
            [(PartnerKind.Courier, ShipmentStore.UnifiedCourier)] = "统一通办物流服务",
            [(PartnerKind.Mail, Messenger.Mail)] = "邮件服务器",
            [(PartnerKind.Sms, Messenger.Sms)] = "短信网关",
        };
        if (bounces.Value.IsOn)
            names[BounceMailbox] = "退信邮箱";
        foreach (var authority in authorities.Where(each => each.Channel == AuthorityChannel.System))
            names[(PartnerKind.Approval, authority.Code)] = authority.Name + "审批系统";
        // One that was called once, or set, is shown also when its authority works at the desk now.
        foreach (var key in set.Keys.Concat(health.Keys).Where(key => key != BounceMailbox))
            names.TryAdd(key, authorities.FirstOrDefault(each => each.Code == key.Code)?.Name ?? key.Code);
        return [.. names.OrderBy(each => each.Key.Item1).ThenBy(each => each.Key.Item2, StringComparer.Ordinal)
            .Select(each => View(each.Key, each.Value, set.GetValueOrDefault(each.Key), health.GetValueOrDefault(each.Key)))];
    }

    private PartnerView View((PartnerKind Kind, string Code) key, string name, PartnerSettings? set, PartnerHealth? health)
    {
        var partner = directory.Of(key.Kind, key.Code, set);
        var (isSandbox, address) = key.Kind switch
        {
            PartnerKind.Mail when key == BounceMailbox => (false, $"{bounces.Value.Host}:{bounces.Value.EffectivePort}"),
            PartnerKind.Mail => (smtp.Value.Host is null, $"{smtp.Value.Host}:{smtp.Value.Port}"),
            _ => (partner is not { IsSandbox: false }, partner?.BaseUrl ?? ""),
        };
        return new PartnerView(
            key.Kind, key.Code, name, isSandbox ? "" : address, isSandbox, set?.BaseUrl, set?.Secret is not null, set?.CallsPerMinute, set?.AtOnce, set?.PausedAt, set?.PauseReason,
            health?.IsWell, health?.AnsweredAt, health?.FailedAt, health?.LastFailure, health?.FailuresInRow ?? 0, health?.Waiting ?? 0, health?.GivenUp ?? 0);
    }
}
