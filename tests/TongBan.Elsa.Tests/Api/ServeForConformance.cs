using Xunit;

namespace TongBan.Elsa.Tests.Api;

/// <summary>Serves the API at the address that ELSA_SERVE names, for scripts that drive it from outside. Run it alone.</summary>
public sealed class ServeForConformance(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    [Fact(Explicit = true)]
    public async Task Serve_UntilStopped_Answers()
    {
        var address = Environment.GetEnvironmentVariable("ELSA_SERVE") ?? "http://127.0.0.1:5900";
        await using var host = await ApiHost.StartAsync(database.Source, address);
        await host.WaitAsync().WaitAsync(TestContext.Current.CancellationToken);
    }
}
