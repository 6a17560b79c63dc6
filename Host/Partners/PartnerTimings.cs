namespace TongBan.Host.Partners;

/// <summary>The settings <c>TongBan__Partners__…</c>: how long partners are waited for.</summary>
internal sealed class PartnerTimings
{
    /// <summary>How long one attempt may take; default 10 seconds, 0.1 to 60.</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a case or parcel may be silent before its partner is asked; default 30 minutes.</summary>
    public TimeSpan PollAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a message that makes no sense yet is tried again before a person is shown it; default 15 minutes.</summary>
    public TimeSpan PutAsideAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Failed attempts after which a call waits for a person; default 9, some ten minutes.</summary>
    public int MostAttempts { get; init; } = 9;

    /// <summary>The first pause of the outbox between two attempts; it doubles each time. Default 2 seconds.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Failures within half a minute after which a partner is left alone for ten seconds; default 8.</summary>
    public int BreakAfter { get; init; } = 8;

    /// <summary>How long a call may take with the short retries in it.</summary>
    public TimeSpan Whole => Attempt * 2.5;

    /// <summary>What is wrong with the settings, each line naming one.</summary>
    public IEnumerable<string> Problems()
    {
        if (Attempt < TimeSpan.FromMilliseconds(100) || Attempt > TimeSpan.FromMinutes(1))
            yield return "TongBan__Partners__Attempt must be between 0.1 seconds and one minute, for example 00:00:10.";
        if (PollAfter < TimeSpan.FromSeconds(1) || PollAfter > TimeSpan.FromDays(7))
            yield return "TongBan__Partners__PollAfter must be between one second and seven days, for example 00:30:00.";
        if (PutAsideAfter < TimeSpan.Zero || PutAsideAfter > TimeSpan.FromDays(7))
            yield return "TongBan__Partners__PutAsideAfter must be between zero and seven days, for example 00:15:00.";
        if (MostAttempts is < 1 or > 100)
            yield return "TongBan__Partners__MostAttempts must be between 1 and 100.";
        if (FirstPause < TimeSpan.FromMilliseconds(1) || FirstPause > TimeSpan.FromMinutes(5))
            yield return "TongBan__Partners__FirstPause must be between a millisecond and five minutes, for example 00:00:02.";
        if (BreakAfter is < 2 or > 1000)
            yield return "TongBan__Partners__BreakAfter must be between 2 and 1000.";
    }
}
