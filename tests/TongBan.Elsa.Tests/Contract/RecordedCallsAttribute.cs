using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace TongBan.Elsa.Tests.Contract;

/// <summary>Every recorded call of the original; those that cannot be repeated here are skipped with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RecordedCallsAttribute : DataAttribute
{
    /// <summary>It is sent all the same, for tests that look for what is there.</summary>
    internal const string Extract = "The recording is an extract of the answer.";

    private const string OfTheHost = "Signing in is the host's.";
    private const string NotRecorded = "The recordings do not hold the definition or instance that it asks for.";
    private const string OtherServer = "Recorded on a server that was set up otherwise.";
    private const string NotThere = "Belongs to a feature that is not there; docs/elsa-differences.md names it.";
    private const string Kinder = "A 400 here, where the original answers 500; see BadDefinitionTests.";

    /// <summary>By the recording's number.</summary>
    private static readonly Dictionary<string, string> Skipped = new(StringComparer.Ordinal)
    {
        ["001"] = OfTheHost, ["002"] = OfTheHost, ["003"] = OfTheHost, ["004"] = OfTheHost, ["005"] = OfTheHost, ["006"] = OfTheHost, ["007"] = OfTheHost, ["008"] = OfTheHost, ["009"] = OfTheHost,
        ["011"] = OfTheHost, ["012"] = OfTheHost, ["280"] = OfTheHost, ["281"] = OfTheHost, ["282"] = OfTheHost, ["283"] = OfTheHost,
        ["040"] = "There are no dispatch channels.",
        ["061"] = "Answers definitions as everywhere else; the original has the model as a text.",
        ["082"] = Kinder, ["082b"] = Kinder, ["085"] = Kinder, ["090"] = "Answers, where the original fails.", ["122"] = Kinder, ["145"] = Kinder,
        ["088b"] = "The activation strategies are known here.",
        ["095"] = Extract, ["321"] = Extract,
        ["096"] = "A connection of an unknown activity stays a connection.", ["101"] = "A connection of an unknown activity stays a connection.",
        ["112"] = NotRecorded, ["118"] = NotRecorded, ["120"] = NotRecorded, ["123"] = NotRecorded, ["124"] = NotRecorded, ["127"] = NotRecorded, ["146"] = NotRecorded, ["147"] = NotRecorded, ["148"] = NotRecorded,
        ["160"] = NotRecorded, ["173"] = NotRecorded, ["174"] = NotRecorded, ["179"] = NotRecorded, ["184"] = NotRecorded, ["191"] = NotRecorded, ["192"] = NotRecorded, ["202"] = NotRecorded, ["212"] = NotRecorded, ["225"] = NotRecorded, ["226"] = NotRecorded,
        ["227"] = NotRecorded, ["228"] = NotRecorded, ["229"] = NotRecorded, ["240"] = NotRecorded, ["241"] = NotRecorded, ["242"] = NotRecorded, ["249"] = NotRecorded, ["252"] = NotRecorded, ["253"] = NotRecorded,
        ["254"] = NotRecorded, ["311"] = NotRecorded, ["338"] = NotRecorded, ["339"] = NotRecorded,
        ["221"] = "A value is brought to its variable's type when the instance is loaded, also to be shown.",
        ["262"] = NotThere, ["263"] = NotThere, ["264"] = NotThere, ["265"] = NotThere, ["266"] = NotThere, ["267"] = NotThere,
        ["320"] = OtherServer, ["322"] = OtherServer, ["324"] = OtherServer, ["332"] = OtherServer, ["333"] = OtherServer, ["334"] = OtherServer, ["335"] = OtherServer, ["336"] = OtherServer, ["337"] = OtherServer,
    };

    public static IReadOnlyList<string> Names { get; } = RecordedCall.Folder is { } folder
        ? [.. Directory.EnumerateFiles(folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
        : [];

    public static string? ReasonToSkip(string name) => Skipped.GetValueOrDefault(name.Split('-')[0]);

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        IReadOnlyCollection<ITheoryDataRow> rows = Names.Count == 0
            ? [new TheoryDataRow<string>("none") { Skip = "There are no recordings here; name the folder of the runs in TONGBAN_ELSA_RECORDINGS." }]
            : [.. Names.Select(name => new TheoryDataRow<string>(name) { Skip = ReasonToSkip(name) })];
        return new(rows);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
