using System.Reflection;
using System.Text.Json;
using Elsa.Workflows.Activities.Flowchart.Attributes;
using Shouldly;
using TongBan.Activities;
using TongBan.Workflows.Modes;
using Xunit;

namespace TongBan.Workflows.Tests;

/// <summary>The modes as they ship: nothing hangs, nothing is forgotten.</summary>
public sealed class ModeTests
{
    public static TheoryData<string> All => [.. ModeFiles.All().Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void Mode_OutcomesOfOurSteps_AllLeadOn(string file)
    {
        var (steps, connections) = Read(file);

        foreach (var (id, type) in steps)
        {
            foreach (var outcome in OutcomesOf(type))
                connections.ShouldContain(c => c.From == id && c.Port == outcome, $"{id}.{outcome} leads nowhere");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Mode_Connections_JoinStepsThatExistByPortsThatExist(string file)
    {
        var (steps, connections) = Read(file);

        foreach (var connection in connections)
        {
            steps.ShouldContainKey(connection.From);
            steps.ShouldContainKey(connection.To);
            if (OutcomesOf(steps[connection.From]) is { Length: > 0 } outcomes)
                outcomes.ShouldContain(outcome => outcome == connection.Port, connection.From);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Mode_FromEveryStep_TheEndIsReached(string file)
    {
        var (steps, connections) = Read(file);
        var fromStart = Spread("start", id => connections.Where(c => c.From == id).Select(c => c.To));
        var toEnd = Spread("end", id => connections.Where(c => c.To == id).Select(c => c.From));

        fromStart.ShouldBe(steps.Keys, ignoreOrder: true);
        toEnd.ShouldBe(steps.Keys, ignoreOrder: true);
    }

    private static HashSet<string> Spread(string from, Func<string, IEnumerable<string>> next)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { from };
        var open = new Queue<string>([from]);
        while (open.TryDequeue(out var id))
        {
            foreach (var step in next(id).Where(seen.Add))
                open.Enqueue(step);
        }

        return seen;
    }

    private static string[] OutcomesOf(string type) =>
        typeof(CaseActivity).Assembly.GetType("TongBan.Activities." + type.Split('.')[^1])?.GetCustomAttribute<FlowNodeAttribute>()?.Outcomes.ToArray() ?? [];

    private static (Dictionary<string, string> Steps, List<(string From, string Port, string To)> Connections) Read(string file)
    {
        using var document = JsonDocument.Parse(ModeFiles.All().Single(f => f.Name == file).Json);
        var root = document.RootElement.GetProperty("root");
        return (
            root.GetProperty("activities").EnumerateArray().ToDictionary(a => a.GetProperty("id").GetString()!, a => a.GetProperty("type").GetString()!, StringComparer.Ordinal),
            root.GetProperty("connections").EnumerateArray().Select(c => (
                c.GetProperty("source").GetProperty("activity").GetString()!,
                c.GetProperty("source").GetProperty("port").GetString()!,
                c.GetProperty("target").GetProperty("activity").GetString()!)).ToList());
    }
}
