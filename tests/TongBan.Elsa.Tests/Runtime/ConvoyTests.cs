using Elsa.Persistence;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Runtime;

/// <summary>Requests that come in while others are on their way go together.</summary>
public sealed class ConvoyTests
{
    [Fact]
    public async Task Requests_WhileOthersAreOnTheirWay_GoTogetherAndAreAnsweredEach()
    {
        var (left, mayReturn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var sent = new List<int>();
        var convoy = new Convoy<int, string>(async requests =>
        {
            sent.Add(requests.Count);
            left.TrySetResult();
            await mayReturn.Task;
            return [.. requests.Select(request => $"answer {request}")];
        });

        var first = convoy.SendAsync(0);
        await left.Task;
        var others = Enumerable.Range(1, 70).Select(convoy.SendAsync).ToList();
        mayReturn.SetResult();

        (await first).ShouldBe("answer 0");
        (await Task.WhenAll(others)).ShouldBe(Enumerable.Range(1, 70).Select(request => $"answer {request}"));
        sent.ShouldBe([1, 64, 6]);
    }

    [Fact]
    public async Task Convoy_ThatFails_FailsForItsOwnAndGoesOn()
    {
        var convoy = new Convoy<int, int>(requests => requests.Contains(1) ? throw new InvalidOperationException("lost on the way") : Task.FromResult<IReadOnlyList<int>>([.. requests]));

        (await Should.ThrowAsync<InvalidOperationException>(() => convoy.SendAsync(1))).Message.ShouldBe("lost on the way");
        (await convoy.SendAsync(2)).ShouldBe(2);
    }
}
