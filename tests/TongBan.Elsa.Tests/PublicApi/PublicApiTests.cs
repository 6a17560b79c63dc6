using Elsa.Extensions;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.PublicApi;

/// <summary>The public API is written down in Elsa/PublicApi.txt, so that a change of it is seen in review.</summary>
public sealed class PublicApiTests
{
    /// <summary>Set to write the file instead of comparing it.</summary>
    private const string Update = "TONGBAN_UPDATE_PUBLIC_API";

    [Fact]
    public async Task PublicApi_IsTheOneWrittenDown()
    {
        var file = Path.Combine(Root(), "Elsa", "PublicApi.txt");
        var current = ApiListing.Of(typeof(ElsaRuntimeServices).Assembly);
        if (Environment.GetEnvironmentVariable(Update) is { Length: > 0 })
            await File.WriteAllLinesAsync(file, current, TestContext.Current.CancellationToken);
        var written = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);

        var message = $"Elsa/PublicApi.txt differs. If the change is meant, run this test once with {Update}=1 and commit the file.";
        current.Except(written, StringComparer.Ordinal).ShouldBeEmpty("New: " + message);
        written.Except(current, StringComparer.Ordinal).ShouldBeEmpty("Gone: " + message);
        written.ShouldBe(current, message);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TongBan.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
