using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Domain.People;
using TongBan.Host.Features.Queue;
using Xunit;

namespace TongBan.Host.Tests.Queue;

/// <summary>Numbers of a hall's queue: each is called once, in its order.</summary>
public sealed class HallQueueTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private static readonly Actor First = new("clerk.1", "样例一", Role.Clerk, "H441303", 1);
    private static readonly Actor Second = First with { UserName = "clerk.2", Window = 2 };

    [Fact]
    public async Task Numbers_CalledByTwoWindowsAtOnce_GoEachToOne()
    {
        var taken = new List<string>();
        for (var count = 0; count < 8; count++)
            taken.Add((await RunAsync(queue => queue.TakeAsync("H441303", null))).Label);

        var called = await Task.WhenAll(Enumerable.Range(0, 8).Select(turn => RunAsync(queue => queue.CallNextAsync(turn % 2 == 0 ? First : Second))));

        called.Select(ticket => ticket!.Label).Order(StringComparer.Ordinal).ShouldBe(taken);
        (await RunAsync(queue => queue.CallNextAsync(First))).ShouldBeNull();
    }

    [Fact]
    public async Task Turn_CalledThenEnded_LeavesTheWindowFree()
    {
        var clerk = First with { Hall = "H441322" };
        await RunAsync(queue => queue.TakeAsync("H441322", "内资公司设立"));
        await RunAsync(queue => queue.TakeAsync("H441322", null));

        (await RunAsync(queue => queue.CallNextAsync(clerk))).ShouldNotBeNull().Matter.ShouldBe("内资公司设立");
        var view = (await RunAsync(queue => queue.ViewAsync(clerk))).ShouldNotBeNull();
        (view.Current?.Label, view.Waiting.Count).ShouldBe(("A001", 1));
        await RunAsync(queue => queue.EndAsync(clerk, isAbsent: true));

        (await RunAsync(queue => queue.ViewAsync(clerk)))!.Current.ShouldBeNull();
        (await RunAsync(queue => queue.ViewAsync(clerk with { Window = null }))).ShouldBeNull();
    }

    private async Task<T> RunAsync<T>(Func<HallQueue, Task<T>> call)
    {
        await using var scope = fixture.Host.Services.CreateAsyncScope();
        return await call(scope.ServiceProvider.GetRequiredService<HallQueue>());
    }
}
