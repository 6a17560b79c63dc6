using TongBan.Elsa.Tests.Api;
using Xunit;

namespace TongBan.Elsa.Tests.Contract;

/// <summary>A server on which the recordings' own definition was saved, published and run, as on the original.</summary>
public sealed class RecordedWorld : IAsyncLifetime
{
    private readonly ElsaDatabase _database = new();
    private ApiHost? _host;

    internal HttpClient Client { get; private set; } = null!;

    /// <summary>The original's ids and what they are here.</summary>
    internal Dictionary<string, string> Ids { get; } = new(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        if (RecordedCall.Folder is null)
            return;
        _host = await ApiHost.StartAsync(_database.Source);
        Client = _host.CreateClient();
        var (_, first) = await SendAsync("055-save-draft");
        Ids["c05fd8a12dcbc0ca"] = first.GetProperty("workflowDefinition").GetProperty("id").GetString()!;
        await SendAsync("057-publish");
        var (_, saved) = await SendAsync("060-save-and-publish-v2");
        Ids["56f9b9f79b05a2f0"] = saved.GetProperty("workflowDefinition").GetProperty("id").GetString()!;
        var (_, finished) = await SendAsync("150-execute-finishes");
        Ids["c1c67427c0956752"] = finished.GetProperty("workflowState").GetProperty("id").GetString()!;
        var (_, suspended) = await SendAsync("151-execute-suspends");
        Ids["d98819fb071f3027"] = suspended.GetProperty("workflowState").GetProperty("id").GetString()!;
        var (_, executions) = await SendAsync("203-activity-executions-list");
        Ids["7d7b8ce4347d9c68"] = executions.GetProperty("items")[0].GetProperty("id").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Task<(int Status, System.Text.Json.JsonElement Answer)> SendAsync(string name) => RecordedCall.Read(name, Ids).SendAsync(Client, CancellationToken.None);
}
