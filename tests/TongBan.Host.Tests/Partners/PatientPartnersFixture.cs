namespace TongBan.Host.Tests.Partners;

/// <summary>The same with patience for messages that come early, and a clock that a test may move.</summary>
public sealed class PatientPartnersFixture : PartnersFixture
{
    internal MovableTime Time { get; } = MovableTime.InTheMorning();

    protected override TimeProvider Clock => Time;

    protected override TimeSpan PutAsideAfter => TimeSpan.FromHours(2);

    protected override IEnumerable<string> Settings => [.. base.Settings, "--TongBan:Messages:PerHour=3"];
}
