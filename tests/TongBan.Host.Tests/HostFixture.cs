using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using TongBan.Host.People;
using TongBan.Host.Start;
using TongBan.Testing;

namespace TongBan.Host.Tests;

/// <summary>A whole host on a database and port of its own: what runs in production runs here.</summary>
public class HostFixture : TestDatabase
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "tongban-host-" + Guid.NewGuid().ToString("N"));
    private readonly List<HttpClient> _clients = [];
    private RunningHost? _host;

    internal RunningHost Host => _host ?? throw new InvalidOperationException("The fixture has not started yet.");

    /// <summary>The host's data directory.</summary>
    public string Folder => _folder;

    /// <summary>The master key that the host made at its first start, for a second host of the same database.</summary>
    public string MasterKey => File.ReadAllText(Path.Combine(_folder, "keys", "master.key")).Trim();

    /// <summary>Settings beyond the usual ones, as arguments.</summary>
    protected virtual IEnumerable<string> Settings => [];

    /// <summary>The host's clock; null for the real one.</summary>
    protected virtual TimeProvider? Clock => null;

    /// <summary>What the host takes for now.</summary>
    internal DateTimeOffset Now => (Clock ?? TimeProvider.System).GetUtcNow();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _host = await RunningHost.StartAsync(
            [
                "--environment=Development", "--urls=http://127.0.0.1:0", $"--ConnectionStrings:TongBan={ConnectionString}",
                $"--TongBan:DataDirectory={_folder}", "--TongBan:Sandbox:Delay=00:00:00.1", .. Settings,
            ],
            StartScreen.Silent,
            Clock);
    }

    public override async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        if (_host is not null)
            await _host.DisposeAsync();
        await base.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A client that did not sign in; it follows no redirects.</summary>
    public HttpClient Anonymous(bool keepCookies = false)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = keepCookies }) { BaseAddress = new(Host.Address) };
        _clients.Add(client);
        return client;
    }

    /// <summary>A client with the person's bearer token.</summary>
    public async Task<HttpClient> SignInAsync(string userName)
    {
        var client = Anonymous();
        var tokens = await LoginAsync(client, userName, DevelopmentUsers.Password);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("accessToken").GetString());
        return client;
    }

    /// <summary>The sign-in page's form as a browser sends it, with the page's antiforgery token.</summary>
    internal static async Task<HttpResponseMessage> OpenSessionAsync(HttpClient client, string userName, string password, string returnUrl)
    {
        var page = await client.GetStringAsync("/sign-in");
        var token = Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["token"].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("username", userName), new("password", password), new("returnUrl", returnUrl)]);
        return await client.PostAsync("/session", form);
    }

    /// <summary>The answer to a sign-in.</summary>
    public static async Task<JsonElement> LoginAsync(HttpClient client, string userName, string password)
    {
        using var response = await client.PostAsJsonAsync("/elsa/api/identity/login", new { username = userName, password });
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    protected override void Migrate(string connectionString) => Migrations.Run(connectionString);
}
