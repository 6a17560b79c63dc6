using System.ComponentModel.DataAnnotations;

namespace TongBan.Host.People;

/// <summary>The settings <c>TongBan__SignIn__…</c>: how long a sign-in is good and how often it may be tried.</summary>
internal sealed class SignInOptions
{
    /// <summary>How long an access token is good, in minutes; 15 unless set.</summary>
    [Range(1, 60)]
    public int AccessMinutes { get; init; } = 15;

    /// <summary>How long a session lasts at most, in hours; 12 unless set, a working day at the counter.</summary>
    [Range(1, 24)]
    public int SessionHours { get; init; } = 12;

    /// <summary>Sign-ins that may be tried from one address in a minute; 300 unless set, because a hall has one address.</summary>
    [Range(10, 10_000)]
    public int AttemptsPerMinute { get; init; } = 300;

    /// <summary>Wrong ones among them; 30 unless set.</summary>
    [Range(5, 1_000)]
    public int FailuresPerMinute { get; init; } = 30;

    public TimeSpan AccessLifetime => TimeSpan.FromMinutes(AccessMinutes);

    public TimeSpan SessionLifetime => TimeSpan.FromHours(SessionHours);
}
