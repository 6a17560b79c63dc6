using TongBan.Host.Features.Cases;

namespace TongBan.Host.Pages.Counter;

/// <summary>Hands a new case's secret from the counter to the case's page of the same tab, which shows it once for the receipt.</summary>
internal sealed class JustOpened
{
    private OpenedCase? _opened;

    /// <summary>Keeps the case that was opened.</summary>
    public void Put(OpenedCase opened) => _opened = opened;

    /// <summary>The case if it is this one that was just opened; asking again gives null.</summary>
    public OpenedCase? Take(string number)
    {
        if (_opened?.Number != number)
            return null;
        var opened = _opened;
        _opened = null;
        return opened;
    }
}
