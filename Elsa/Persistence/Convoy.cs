using Npgsql;

namespace Elsa.Persistence;

internal static class Convoy
{
    /// <summary>
    /// Whether requests to PostgreSQL failed because of one that may be another's, with nothing done, so that each is to be tried alone. What
    /// ends the connection may have come when all was done, and is nobody's to repeat.
    /// </summary>
    public static bool MayBeOfAnother(Exception e) => e is PostgresException { InvariantSeverity: "ERROR" } or not (NpgsqlException or OperationCanceledException);
}

/// <summary>
/// Requests that come in while others are on their way set out together when those are back. A request that finds the way free
/// goes at once, so nobody ever waits for company.
/// </summary>
/// <typeparam name="TRequest">What is asked.</typeparam>
/// <typeparam name="TAnswer">What each is answered.</typeparam>
/// <param name="send">Answers requests, in their order. When it fails, it has failed for all of them. It is never called while it runs.</param>
internal sealed class Convoy<TRequest, TAnswer>(Func<IReadOnlyList<TRequest>, Task<IReadOnlyList<TAnswer>>> send)
{
    /// <summary>More would make those who come next wait for longer than the company saves.</summary>
    private const int Most = 64;

    private readonly Lock _gate = new();
    private readonly Queue<(TRequest Request, TaskCompletionSource<TAnswer> Answer)> _waiting = new();
    private bool _isOnTheWay;

    public Task<TAnswer> SendAsync(TRequest request)
    {
        var answer = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Enqueue((request, answer));
            if (!_isOnTheWay)
                SetOut();
        }

        return answer.Task;
    }

    /// <summary>
    /// Behind what is ready to run, which may be about to ask too; and in nobody's context, because it goes for others than the one who
    /// came first.
    /// </summary>
    private void SetOut()
    {
        _isOnTheWay = true;
        ThreadPool.UnsafeQueueUserWorkItem(static convoy => _ = convoy.RunAsync(), this, preferLocal: false);
    }

    /// <summary>Goes as long as anybody waits, and does not wait for what those do next who have their answer: PostgreSQL works while they run.</summary>
    private async Task RunAsync()
    {
        while (Take() is { Count: > 0 } together)
        {
            try
            {
                var answers = await send([.. together.Select(one => one.Request)]);
                for (var i = 0; i < answers.Count; i++)
                    together[i].Answer.SetResult(answers[i]);
            }
            catch (Exception e)
            {
                together.ForEach(one => one.Answer.SetException(e));
            }
        }
    }

    /// <returns>Those who waited, in their order; none when the way is free again.</returns>
    private List<(TRequest Request, TaskCompletionSource<TAnswer> Answer)> Take()
    {
        var together = new List<(TRequest, TaskCompletionSource<TAnswer>)>();
        lock (_gate)
        {
            while (together.Count < Most && _waiting.TryDequeue(out var next))
                together.Add(next);
            _isOnTheWay = together.Count > 0;
        }

        return together;
    }
}
