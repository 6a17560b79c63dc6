using Shouldly;
using TongBan.Benchmarks.Soak;
using TongBan.Testing;
using Xunit;

namespace TongBan.Host.Tests.Start;

/// <summary>The soak, small enough for each build; <c>TongBan.Benchmarks -- soak</c> is the whole of it.</summary>
public sealed class SoakTests(TestDatabase database) : IClassFixture<TestDatabase>, IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "tongban-soak-" + Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task Cases_WithPartnersThatFailAndHostsKilled_AllEndAndNothingIsDoubled()
    {
        var options = new SoakOptions { Cases = 40, AtOnce = 20, BetweenKills = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8)) };

        var report = await new SoakRun(options, database.ConnectionString, _folder, TestContext.Current.SendDiagnosticMessage).RunAsync();

        report.IsGood.ShouldBeTrue(report.ToString());
        TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
