using System.Globalization;

namespace TongBan.Host.Start;

/// <summary>The one clock; in Development it can be moved, so that limits can be tried.</summary>
internal static class Clock
{
    private const string Setting = "TongBan:Time:Offset";

    /// <summary>Registers the clock, moved by <c>TongBan__Time__Offset</c> when that is given.</summary>
    public static void AddClock(this WebApplicationBuilder builder)
    {
        var offset = builder.Configuration[Setting];
        builder.Services.AddSingleton(string.IsNullOrWhiteSpace(offset) ? TimeProvider.System : Moved(offset, builder.Environment));
    }

    private static MovedTime Moved(string offset, IHostEnvironment environment)
    {
        if (!environment.IsDevelopment())
            throw new StartFailure("TongBan__Time__Offset moves the clock and is for Development only: leave it out.");
        return TimeSpan.TryParse(offset, CultureInfo.InvariantCulture, out var span)
            ? new MovedTime(span)
            : throw new StartFailure($"TongBan__Time__Offset is not a time span: '{offset}'. Write it like 3.12:00:00 for three and a half days.");
    }

    /// <summary>Wall clock time plus an offset; timers run at their usual pace.</summary>
    internal sealed class MovedTime(TimeSpan offset) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
    }
}
