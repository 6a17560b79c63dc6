namespace TongBan.Host.Workflows.Simulation;

/// <summary>A clock that moves only when it is told to.</summary>
internal sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Moves forward; time that has passed stays passed.</summary>
    public void MoveTo(DateTimeOffset at) => _now = at > _now ? at : _now;
}
