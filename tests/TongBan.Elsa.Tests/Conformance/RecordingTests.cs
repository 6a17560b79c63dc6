using System.Text.Json;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Conformance;

/// <summary>The runtime does what the original was recorded doing, except where the original's own defect is on record.</summary>
public sealed class RecordingTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    /// <summary>Each of these is explained in docs/elsa-differences.md.</summary>
    private static readonly HashSet<string> Different = new(StringComparer.Ordinal)
    {
        "nested-nested-complete-outcome",
        "composition-execute-child-suspends",
        "composition-workflow-as-activity",
    };

    /// <summary>Cases whose outcome is the same and whose journal is not.</summary>
    private static readonly HashSet<string> DifferentJournal = new(StringComparer.Ordinal)
    {
        "control-parallelforeach-events",
        "faults-fault-retry",
    };

    [Theory]
    [Recordings]
    public async Task Recording_Replayed_EndsTheSame(string name)
    {
        using var recording = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(RecordingsAttribute.Folder!, name + ".json"), TestContext.Current.CancellationToken), default);
        Assert.SkipWhen(Different.Contains(name), "Different on purpose.");
        await using var runtime = new TestRuntime(database.Source);
        var replay = new Replay(runtime, recording.RootElement);

        await replay.RunAsync();

        var expected = RecordedEnd.Of(recording.RootElement.GetProperty("expect"));
        var actual = await replay.EndAsync(0);
        if (DifferentJournal.Contains(name))
            expected = expected with { Journal = actual.Journal };
        actual.ToString().ShouldBe(expected.ToString());
    }
}
