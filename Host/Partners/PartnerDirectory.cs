using Microsoft.Extensions.Options;
using TongBan.Domain.Couriers;
using TongBan.Domain.Partners;
using TongBan.Host.Sandbox;

namespace TongBan.Host.Partners;

/// <summary>A partner that can be called.</summary>
/// <param name="BaseUrl">The root of its API, without a slash at the end.</param>
/// <param name="Secret">Signs both directions.</param>
/// <param name="IsSandbox">Whether a sandbox partner of this host stands in.</param>
internal sealed record Partner(PartnerKind Kind, string Code, string BaseUrl, string Secret, bool IsSandbox);

/// <summary>Finds partners: as configured, else the sandbox.</summary>
internal sealed class PartnerDirectory(IOptions<PartnersOptions> options, SandboxSecret sandboxSecret, HostAddress host)
{
    /// <summary>The partner, or null when there is none of the code.</summary>
    public Partner? Find(PartnerKind kind, string code) => kind switch
    {
        PartnerKind.Courier when code == ShipmentStore.UnifiedCourier => Of(kind, code, options.Value.Courier, "sandbox/courier"),
        PartnerKind.Approval => Of(kind, code, options.Value.Approvals.GetValueOrDefault(code) ?? new(), $"sandbox/approval/{Uri.EscapeDataString(code)}"),
        _ => null,
    };

    private Partner Of(PartnerKind kind, string code, PartnerOptions configured, string sandboxPath)
    {
        var secret = configured.Secret ?? sandboxSecret.Value;
        return configured.BaseUrl is { } url
            ? new(kind, code, url.ToString().TrimEnd('/'), secret, IsSandbox: false)
            : new(kind, code, $"{host.Local}/{sandboxPath}", secret, IsSandbox: true);
    }
}
