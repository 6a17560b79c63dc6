using TongBan.Domain.TimeLimits;
using TongBan.Host.Tests.Pages;

namespace TongBan.Host.Tests;

/// <summary>A whole host whose clock goes on from where the test puts it.</summary>
public class MovingHostFixture : HostFixture
{
    internal MovableTime Time { get; } = new();

    protected override TimeProvider Clock => Time;
}

/// <summary>The same with a browser.</summary>
public sealed class MovingBrowserFixture : BrowserFixture
{
    internal MovableTime Time { get; } = new();

    protected override TimeProvider Clock => Time;
}

/// <summary>The real time, moved as far as a test likes. It goes on by itself, so that waits end.</summary>
internal sealed class MovableTime : TimeProvider
{
    private long _offset;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    /// <summary>It is nine in the morning, so that hours may pass before the day is over.</summary>
    public static MovableTime InTheMorning()
    {
        var time = new MovableTime();
        time.MoveTo(time.Today());
        return time;
    }

    /// <summary>Goes on from so much later.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref _offset, time.Ticks);

    /// <summary>Goes on from nine in the morning of a day in the city.</summary>
    public void MoveTo(DateOnly day) =>
        Interlocked.Exchange(ref _offset, (new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 0)), CityTime.Offset) - base.GetUtcNow()).Ticks);
}
