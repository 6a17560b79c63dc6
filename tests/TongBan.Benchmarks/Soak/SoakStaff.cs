using System.Text.Json;
using TongBan.Host.Demo;

namespace TongBan.Benchmarks.Soak;

/// <summary>The people at work, who know the product by its HTTP API only and insist: when a host does not answer, the same again at the other.</summary>
internal sealed class SoakStaff(SoakHosts hosts) : IDisposable
{
    private static readonly string[] Names = ["admin", "clerk.city", "approver.boluo", "approver.city", "logistics.city"];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>Each at both hosts.</summary>
    private readonly Dictionary<string, DemoPerson[]> _people =
        Names.ToDictionary(name => name, name => new[] { new DemoPerson(hosts.AddressOf(0), name), new DemoPerson(hosts.AddressOf(1), name) }, StringComparer.Ordinal);

    private int _turn;

    public async Task SignInAsync()
    {
        foreach (var person in _people.Values.SelectMany(both => both))
            await person.SignInAsync();
    }

    /// <summary>Has somebody do something until it is done. What had been done already, so that it cannot be done again, is done.</summary>
    public async Task<JsonElement> InsistAsync(string name, Func<DemoPerson, Task<JsonElement>> act)
    {
        while (true)
        {
            var person = _people[name][(Interlocked.Increment(ref _turn) & int.MaxValue) % 2];
            try
            {
                return await act(person);
            }
            catch (DemoFailure failure) when (failure.Status == 401)
            {
                await SignInAgainAsync(person);
            }
            catch (DemoFailure failure) when (failure.Status == 409)
            {
                return default;
            }
            catch (Exception away) when (IsAway(away))
            {
                await Task.Delay(Pause);
            }
        }
    }

    public void Dispose()
    {
        foreach (var person in _people.Values.SelectMany(both => both))
            person.Dispose();
    }

    /// <summary>A token lasts an hour at most; a soak may last longer.</summary>
    private static async Task SignInAgainAsync(DemoPerson person)
    {
        try
        {
            await person.SignInAsync();
        }
        catch (Exception away) when (IsAway(away))
        {
            await Task.Delay(Pause);
        }
    }

    private static bool IsAway(Exception exception) => exception is HttpRequestException or IOException or TaskCanceledException or DemoFailure { Status: 503 or 429 };
}
