using System.Diagnostics;
using System.Text;

namespace TongBan.Testing;

/// <summary>The host as a process of its own, as an operator starts it.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(Process process) => _process = process;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Memory of the process that is in RAM, in bytes.</summary>
    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <param name="assembly">Where the host's assembly is.</param>
    /// <param name="arguments">Its arguments.</param>
    public static HostProcess Start(string assembly, params string[] arguments)
    {
        var host = new HostProcess(new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [assembly, .. arguments])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            },
        });
        // The tests' own server, which is for databases that tests make; a host gets its database by argument.
        host._process.StartInfo.Environment.Remove("ConnectionStrings__TongBan");
        host._process.OutputDataReceived += (_, line) => host.Take(line.Data);
        host._process.ErrorDataReceived += (_, line) => host.Take(line.Data);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>The address of the ready line; throws with the output when the process ends before it.</summary>
    public async Task<string> ReadyAsync()
    {
        var ended = _process.WaitForExitAsync();
        return await Task.WhenAny(_ready.Task, ended) == _ready.Task
            ? await _ready.Task
            : throw new InvalidOperationException($"The host ended with exit code {_process.ExitCode}:\n{Output}");
    }

    /// <summary>The exit code, once the process ends by itself.</summary>
    public async Task<int> EndedAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop, as an operator's service manager does.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(provider: null)]);
        await kill.WaitForExitAsync();
        return await EndedAsync();
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
        if (line.StartsWith("ready: ", StringComparison.Ordinal))
            _ready.TrySetResult(line["ready: ".Length..]);
    }
}
