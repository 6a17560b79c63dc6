using System.Text.Json;
using System.Text.RegularExpressions;
using TongBan.Elsa.Tests.Api;
using Xunit;

namespace TongBan.Elsa.Tests.Contract;

/// <summary>
/// All recorded calls, sent one after the other as they were sent to the original. The original's ids are replaced by those
/// that this server gave at the same place of an earlier answer.
/// </summary>
public sealed partial class RecordedSession : IAsyncLifetime
{
    private readonly ElsaDatabase _database = new();
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RecordedAnswer> _answers = new(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        if (RecordedCall.Folder is null)
            return;
        await using var host = await ApiHost.StartAsync(_database.Source);
        using var client = host.CreateClient();
        foreach (var name in RecordedCallsAttribute.Names.Where(name => RecordedCallsAttribute.ReasonToSkip(name) is null or RecordedCallsAttribute.Extract))
        {
            var call = RecordedCall.Read(name, text => Id().Replace(text, match => _ids.GetValueOrDefault(match.Value, match.Value)));
            var (status, type, answer) = await call.SendAsync(client, CancellationToken.None);
            _answers[name] = new(call, status, type, answer);
            Learn(RecordedCall.Read(name).Response, answer);
        }
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    internal RecordedAnswer Answer(string name) => _answers[name];

    private void Learn(JsonElement theirs, JsonElement ours)
    {
        switch (theirs.ValueKind, ours.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                foreach (var member in theirs.EnumerateObject())
                {
                    if (ours.TryGetProperty(member.Name, out var own))
                        Learn(member.Value, own);
                }

                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                foreach (var (left, right) in theirs.EnumerateArray().Zip(ours.EnumerateArray()))
                    Learn(left, right);
                break;
            case (JsonValueKind.String, JsonValueKind.String) when Id().IsMatch(theirs.GetString()!) && Id().Match(theirs.GetString()!).Length == theirs.GetString()!.Length:
                _ids.TryAdd(theirs.GetString()!, ours.GetString()!);
                break;
        }
    }

    [GeneratedRegex(@"\b[0-9a-f]{13,16}\b", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Id();
}

/// <summary>What this server answered to a recorded call.</summary>
internal sealed record RecordedAnswer(RecordedCall Call, int Status, string? ContentType, JsonElement Answer);
