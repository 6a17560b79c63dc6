using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace TongBan.Elsa.Tests.Conformance;

/// <summary>
/// The recorded runs of the original: one case a file. They lie in the folder that TONGBAN_ELSA_RECORDINGS names, else
/// beside the repository; where there are none the theory has no cases and is skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RecordingsAttribute : DataAttribute
{
    public static string? Folder { get; } = Find();

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        IReadOnlyCollection<ITheoryDataRow> rows = Folder is null
            ? [new TheoryDataRow<string>("none") { Skip = "There are no recordings here; name their folder in TONGBAN_ELSA_RECORDINGS." }]
            : [.. Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(file => new TheoryDataRow<string>(Path.GetFileNameWithoutExtension(file)))];
        return new(rows);
    }

    public override bool SupportsDiscoveryEnumeration() => true;

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("TONGBAN_ELSA_RECORDINGS") is { Length: > 0 } named)
            return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TongBan.sln")))
            {
                var beside = Path.Combine(folder.FullName, "..", "shared", "elsa", "conformance");
                return Directory.Exists(beside) ? beside : null;
            }
        }

        return null;
    }
}
