using Microsoft.Extensions.Options;
using TongBan.Domain.Partners;
using TongBan.Host.Mail;

namespace TongBan.Host.Partners;

/// <summary>Whose turn it is: how often a partner may be called, and how many messages a person is sent.</summary>
internal sealed class PartnerTurns(
    PartnerStore partners, PartnerDirectory directory, Outbox outbox, PartnerSlots slots, IOptions<PartnersOptions> options, IOptions<SmtpOptions> smtp, TimeProvider time)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Takes a turn for the call.</summary>
    /// <returns>A slot to give back after the call; or null, and how long to wait for a turn.</returns>
    public async Task<(IDisposable? Slot, TimeSpan Wait)> TakeAsync(PartnerCall call)
    {
        var settings = await partners.FindAsync(call.Kind, call.Partner) ?? PartnerSettings.None(call.Kind, call.Partner);
        if (slots.TryTake(settings) is not { } slot)
            return (null, TimeSpan.FromSeconds(0.5 + Random.Shared.NextDouble()));
        if (await WaitAsync(call, settings) is not { } wait)
            return (slot, TimeSpan.Zero);
        slot.Dispose();
        return (null, wait);
    }

    private async Task<TimeSpan?> WaitAsync(PartnerCall call, PartnerSettings settings)
    {
        if (await ReachesAPersonAsync(call) && !await outbox.TakeMessageTurnAsync(call.Id, time.GetUtcNow() - Hour, options.Value.Messages.PerHour))
            return Hour / 6;
        return await partners.TakeTurnAsync(settings);
    }

    /// <summary>What the sandbox keeps disturbs nobody.</summary>
    private async Task<bool> ReachesAPersonAsync(PartnerCall call) => call.Kind switch
    {
        PartnerKind.Mail => smtp.Value.Host is { Length: > 0 },
        PartnerKind.Sms => await directory.FindAsync(call.Kind, call.Partner) is { IsSandbox: false },
        _ => false,
    };
}
