namespace TongBan.Host.Workflows.Simulation;

/// <summary>A clock that moves only when it is told to.</summary>
internal sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    /// <summary>Whole seconds: PostgreSQL keeps less of a moment than .NET, and a timer that is rounded down would fire before its time again and again.</summary>
    private DateTimeOffset _now = start.AddTicks(-(start.Ticks % TimeSpan.TicksPerSecond));

    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Moves forward; time that has passed stays passed.</summary>
    public void MoveTo(DateTimeOffset at) => _now = at > _now ? at : _now;
}
