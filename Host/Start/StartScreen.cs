using System.Diagnostics;
using Spectre.Console;
using TongBan.Host.People;

namespace TongBan.Host.Start;

/// <summary>What the start shows: on a terminal with a spinner and colours, in a file or pipe as plain lines.</summary>
internal sealed class StartScreen(IAnsiConsole? console = null)
{
    /// <summary>A file or pipe has no edge at which lines would have to break.</summary>
    private const int WidthOfFiles = 200;

    private readonly IAnsiConsole _console = console ?? Open();

    /// <summary>A screen that shows nothing, for tests and the demo.</summary>
    public static StartScreen Silent { get; } = new(AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(TextWriter.Null) }));

    /// <summary>The process's output.</summary>
    public static IAnsiConsole Open()
    {
        var opened = AnsiConsole.Create(new()
        {
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        if (Console.IsOutputRedirected)
            opened.Profile.Width = WidthOfFiles;
        return opened;
    }

    /// <summary>Shows a step while it runs, and how long it took.</summary>
    public async Task<T> StepAsync<T>(string name, Func<IProgress<string>, Task<T>> step)
    {
        var watch = Stopwatch.StartNew();
        T result;
        if (_console.Profile.Capabilities.Interactive && _console.Profile.Out.IsTerminal)
            result = await _console.Status().StartAsync(name, context => step(new Progress<string>(detail => context.Status($"{name}: {Markup.Escape(detail)}"))));
        else
            result = await step(new Progress<string>());
        _console.MarkupLine($"[green]ok[/] {name} [grey]({watch.Elapsed.TotalSeconds:0.0} s)[/]");
        return result;
    }

    /// <inheritdoc cref="StepAsync{T}"/>
    public Task StepAsync(string name, Func<IProgress<string>, Task> step) =>
        StepAsync(name, async report =>
        {
            await step(report);
            return true;
        });

    /// <summary>Says where the host is and who can sign in.</summary>
    public void Ready(RunningHost host)
    {
        var address = host.Address;
        _console.WriteLine();
        _console.WriteLine($"Counter, desks and supervision  {address}/");
        _console.WriteLine($"Elsa Studio                     {address}/studio");
        _console.WriteLine($"API reference                   {address}/docs");
        _console.WriteLine($"Jobs                            {address}/hangfire");
        if (host.Environment.IsDevelopment())
            ShowUsers();
        // One line that scripts wait for.
        _console.WriteLine($"ready: {address}");
    }

    /// <summary>Says why the host cannot start.</summary>
    public void Failed(string explanation)
    {
        if (_console.Profile.Out.IsTerminal)
            _console.MarkupLine($"[red]failed[/] {Markup.Escape(explanation)}");
        else
            Console.Error.WriteLine($"failed: {explanation}");
    }

    private void ShowUsers()
    {
        var table = new Table().Border(_console.Profile.Out.IsTerminal ? TableBorder.Rounded : TableBorder.Ascii).AddColumns("User", "Role", "Name");
        foreach (var user in DevelopmentUsers.All)
            table.AddRow(user.UserName, user.Role.ToString(), user.Name);
        _console.Write(table);
        _console.WriteLine($"Password of all (Development only): {DevelopmentUsers.Password}");
    }
}
