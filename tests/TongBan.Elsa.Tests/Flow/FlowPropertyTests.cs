using CsCheck;
using Elsa.Workflows;
using Xunit;

namespace TongBan.Elsa.Tests.Flow;

/// <summary>Flowcharts of any shape: forks, merges, joins and lines back, made at random.</summary>
public sealed class FlowPropertyTests
{
    private static readonly Gen<(int Count, (int From, int To)[] Lines)> Shapes =
        from count in Gen.Int[2, 9]
        from lines in Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8]).Array[1, 16]
        select (count, lines.Where(line => line.Item1 < count && line.Item2 < count && line.Item1 < line.Item2).Distinct().ToArray());

    /// <summary>Without lines back every activity that a line leads to runs exactly once, whatever merges where.</summary>
    [Fact]
    public void Flowchart_WithoutLoops_RunsWhatIsReachableOnce() => Shapes.Sample(shape =>
    {
        var ids = Enumerable.Range(0, shape.Count).Select(i => $"n{i}").ToArray();
        var chart = Flows.Chart("x", ids, [.. shape.Lines.Select(line => $"n{line.From}>n{line.To}")]);

        var run = MemoryRun.StartAsync(chart).GetAwaiter().GetResult();

        var reached = new HashSet<int> { 0 };
        foreach (var (from, to) in shape.Lines.Order())
        {
            if (reached.Contains(from))
                reached.Add(to);
        }

        var ran = run.Completed.Split(' ').Where(id => id != "flow").Order(StringComparer.Ordinal);
        return run.Workflow.SubStatus == WorkflowSubStatus.Finished && ran.SequenceEqual(reached.Select(i => $"n{i}").Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }, iter: 500);

    /// <summary>With one line back that is taken a few times, every activity on the loop runs once in each round, and the instance ends.</summary>
    [Fact]
    public void Flowchart_SentBack_EndsAfterTheSameNumberOfRounds() => Gen.Select(Gen.Int[1, 4], Gen.Int[2, 4]).Sample((width, rounds) =>
    {
        string[] branches = [.. Enumerable.Range(0, width).Select(i => $"b{i}")];
        var chart = Flows.Chart("x",
            [$"k=fork:{string.Join(',', branches)}", .. branches, "j=join:WaitAll", "c=js:setN(getN() + 1)", $"d=if:getN() < {rounds}", "z"],
            [.. branches.Select(branch => $"k.{branch}>{branch}"), .. branches.Select(branch => $"{branch}>j"), "j>c", "c>d", "d.True>k", "d.False>z"]);

        var run = MemoryRun.StartAsync(chart).GetAwaiter().GetResult();

        return run.Workflow.SubStatus == WorkflowSubStatus.Finished && branches.All(branch => run.Completed.Split(' ').Count(id => id == branch) == rounds);
    }, iter: 30);
}
