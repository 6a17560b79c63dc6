using System.Collections.Concurrent;
using TongBan.Domain.Partners;

namespace TongBan.Host.Partners;

/// <summary>How many calls this host makes to each partner at once: a partner that hangs must not keep all workers from the others.</summary>
internal sealed class PartnerSlots
{
    private const int Default = 4;

    private readonly ConcurrentDictionary<(PartnerKind Kind, string Code), int> _taken = new();

    /// <summary>A slot to give back by disposing it; null when all are taken.</summary>
    public IDisposable? TryTake(PartnerSettings settings)
    {
        var key = (settings.Kind, settings.Code);
        if (_taken.AddOrUpdate(key, 1, (_, taken) => taken + 1) <= (settings.AtOnce ?? Default))
            return new Slot(this, key);
        GiveBack(key);
        return null;
    }

    private void GiveBack((PartnerKind Kind, string Code) key) => _taken.AddOrUpdate(key, 0, (_, taken) => taken - 1);

    private sealed class Slot(PartnerSlots slots, (PartnerKind Kind, string Code) key) : IDisposable
    {
        public void Dispose() => slots.GiveBack(key);
    }
}
