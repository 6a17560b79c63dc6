using Microsoft.Extensions.Options;
using Npgsql;
using TongBan.Domain.Couriers;
using TongBan.Domain.Notifications;
using TongBan.Domain.Partners;
using TongBan.Domain.Privacy;
using TongBan.Host.Sandbox;

namespace TongBan.Host.Partners;

/// <summary>A partner that can be called.</summary>
/// <param name="BaseUrl">The root of its API, without a slash at the end.</param>
/// <param name="Secret">Signs both directions.</param>
/// <param name="IsSandbox">Whether a sandbox partner of this host stands in.</param>
internal sealed record Partner(PartnerKind Kind, string Code, string BaseUrl, string Secret, bool IsSandbox);

/// <summary>Finds partners: as an administrator set them, else as the settings say, else the sandbox.</summary>
internal sealed class PartnerDirectory(NpgsqlDataSource database, PersonalSeal seal, TimeProvider time, IOptions<PartnersOptions> options, SandboxSecret sandboxSecret, HostAddress host)
{
    /// <summary>The partner, or null when there is none of the code.</summary>
    public async Task<Partner?> FindAsync(PartnerKind kind, string code)
    {
        // Of its own: calls may be made side by side, and within somebody's transaction.
        await using var connection = database.CreateConnection();
        return Of(kind, code, await new PartnerStore(connection, seal, time).FindAsync(kind, code));
    }

    /// <summary>The partner with what was set for it.</summary>
    public Partner? Of(PartnerKind kind, string code, PartnerSettings? set) => kind switch
    {
        PartnerKind.Courier when code == ShipmentStore.UnifiedCourier => Of(kind, code, set, options.Value.Courier, "sandbox/courier"),
        PartnerKind.Courier when set is { BaseUrl: not null, Secret: not null } => Of(kind, code, set, new(), ""),
        PartnerKind.Approval => Of(kind, code, set, options.Value.Approvals.GetValueOrDefault(code) ?? new(), $"sandbox/approval/{Uri.EscapeDataString(code)}"),
        PartnerKind.Sms when code == Messenger.Sms => Of(kind, code, set, options.Value.Sms, "sandbox/sms"),
        _ => null,
    };

    private Partner Of(PartnerKind kind, string code, PartnerSettings? set, PartnerOptions configured, string sandboxPath)
    {
        var secret = set?.Secret ?? configured.Secret ?? sandboxSecret.Value;
        return (set?.BaseUrl ?? configured.BaseUrl?.ToString()) is { } url
            ? new(kind, code, url.TrimEnd('/'), secret, IsSandbox: false)
            : new(kind, code, $"{host.Local}/{sandboxPath}", secret, IsSandbox: true);
    }
}
