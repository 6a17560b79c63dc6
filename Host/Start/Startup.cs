namespace TongBan.Host.Start;

/// <summary>The start as people see it: step by step, then the addresses; or one line that says what to do.</summary>
internal static class Startup
{
    private const int Failed = 1;

    /// <summary>Runs the host until it is told to stop.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var screen = new StartScreen();
        try
        {
            await using var host = await RunningHost.StartAsync(args, screen);
            screen.Ready(host);
            await host.StoppedAsync();
            return 0;
        }
        catch (Exception failure) when (StartFailure.Explain(failure) is { } explanation)
        {
            screen.Failed(explanation);
            return Failed;
        }
    }
}
