using Shouldly;

namespace TongBan.Host.Tests;

/// <summary>Waits for what jobs do in the background: for as long as it takes, not for a time.</summary>
internal static class Eventually
{
    /// <summary>So long that only something stuck reaches it.</summary>
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<T> BecomesAsync<T>(Func<Task<T>> look, Func<T, bool> isIt)
    {
        using var stuck = new CancellationTokenSource(Stuck);
        T seen;
        while (!isIt(seen = await look()))
        {
            stuck.IsCancellationRequested.ShouldBeFalse($"Still {seen} after {Stuck}.");
            await Task.Delay(Pause);
        }

        return seen;
    }
}
