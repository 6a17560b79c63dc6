using System.Diagnostics;

namespace TongBan.Postgres;

/// <summary>Runs one of PostgreSQL's programs and collects what it says.</summary>
internal static class Command
{
    /// <summary>How long a program's output may stay open after its end: a server that it started may hold the pipe.</summary>
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(1);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">A path, or a name on the PATH.</param>
    /// <param name="arguments">Each passed as it is, unquoted.</param>
    /// <param name="workingDirectory">A folder that the account can enter.</param>
    /// <param name="account">The account to run as.</param>
    /// <param name="cancellationToken">Kills the program.</param>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string program, string[] arguments, string workingDirectory, ServiceAccount account, CancellationToken cancellationToken = default)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (account.UserName is { } userName)
            start.UserName = userName;
        using var process = Process.Start(start) ?? throw new PostgresStartException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        var all = Task.WhenAll(output, errors);
        await Task.WhenAny(all, Task.Delay(OutputGrace, cancellationToken));
        var said = all.IsCompletedSuccessfully ? string.Join('\n', all.Result) : "";
        return (process.ExitCode, said.Trim());
    }
}
