using System.Globalization;
using System.Text;

namespace TongBan.Testing.Pop3;

/// <summary>One visit to the mailbox, from the greeting to the farewell.</summary>
internal sealed class Pop3Visit(Pop3Server server, Stream stream)
{
    private readonly IReadOnlyList<(string Uid, byte[] Raw)> _mails = server.Snapshot();
    private readonly HashSet<string> _deleted = new(StringComparer.Ordinal);
    private string? _user;
    private bool _isOpen;

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        await SayAsync("+OK ready", cancellation);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (server.IsSilent)
                await new TaskCompletionSource().Task.WaitAsync(cancellation);
            var (command, argument) = line.Split(' ', 2) is [var name, var rest] ? (name.ToUpperInvariant(), rest) : (line.ToUpperInvariant(), "");
            if (command == "QUIT" && server.DropsFarewells)
                return;
            await SayAsync(_isOpen ? Answer(command, argument) : Admit(command, argument), cancellation);
            if (command == "QUIT")
                return;
        }
    }

    private string Admit(string command, string argument)
    {
        switch (command)
        {
            case "CAPA":
                return Listed("+OK", ["USER", "UIDL", "TOP"]);
            case "USER":
                _user = argument;
                return "+OK";
            case "PASS" when _user == Pop3Server.UserName && argument == Pop3Server.Password:
                _isOpen = true;
                server.Open();
                return "+OK";
            case "QUIT":
                return "+OK";
            default:
                return "-ERR sign in first";
        }
    }

    private string Answer(string command, string argument)
    {
        switch (command)
        {
            case "CAPA":
                return Listed("+OK", ["USER", "UIDL", "TOP"]);
            case "NOOP":
                return "+OK";
            case "STAT":
                return string.Create(CultureInfo.InvariantCulture, $"+OK {_mails.Count} {_mails.Sum(mail => mail.Raw.Length)}");
            case "LIST" when argument.Length == 0:
                return Listed("+OK", _mails.Select((mail, index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1} {mail.Raw.Length}")));
            case "UIDL" when argument.Length == 0:
                return Listed("+OK", _mails.Select((mail, index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1} {mail.Uid}")));
            case "RETR" when Mail(argument) is { } mail:
                server.Count(mail.Uid);
                return Listed("+OK", Encoding.Latin1.GetString(mail.Raw).ReplaceLineEndings("\n").Split('\n'));
            case "DELE" when Mail(argument) is { } mail:
                _deleted.Add(mail.Uid);
                return "+OK";
            case "QUIT":
                server.Remove(_deleted);
                return "+OK";
            default:
                return "-ERR what?";
        }
    }

    private (string Uid, byte[] Raw)? Mail(string number) =>
        int.TryParse(number, CultureInfo.InvariantCulture, out var at) && at >= 1 && at <= _mails.Count && !_deleted.Contains(_mails[at - 1].Uid) ? _mails[at - 1] : null;

    /// <summary>Lines after an answer, those that begin with a dot with another one before it, and a dot after the last.</summary>
    private static string Listed(string answer, IEnumerable<string> lines) =>
        string.Join("\r\n", [answer, .. lines.Select(line => line.StartsWith('.') ? "." + line : line), "."]);

    private async Task SayAsync(string answer, CancellationToken cancellation) => await stream.WriteAsync(Encoding.Latin1.GetBytes(answer + "\r\n"), cancellation);
}
