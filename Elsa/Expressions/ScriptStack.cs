using System.Runtime.ExceptionServices;
using Jint;

namespace Elsa.Expressions.JavaScript;

/// <summary>
/// Stack for scripts. A stack that is full ends the process, so a script that has functions or loops, and may call itself or build
/// what is deep, gets one of its own: calls may use a little of it, and the rest is more than the engine's own functions need to
/// go down the deepest value that a script's share of memory can hold.
/// </summary>
internal static class ScriptStack
{
    /// <summary>In bytes. Only what is used takes memory: 64 MB hold some 600,000 arrays in one another, and joining them takes 900 bytes for each.</summary>
    private const int Size = 1024 * 1024 * 1024;

    /// <summary>In bytes.</summary>
    private const int ForCalls = 4 * 1024 * 1024;

    /// <param name="patience">
    /// How long to wait. The engine looks at the script's limits in between statements and in most of its own loops, but not in all: what is
    /// still going on then is left to end by itself, and is told that it comes too late.
    /// </param>
    /// <param name="work">What to run.</param>
    /// <param name="cancellation">When to give up before.</param>
    /// <exception cref="TimeoutException">It has not ended in that time.</exception>
    public static T Run<T>(TimeSpan patience, Func<CancellationToken, T> work, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var token = late.Token;
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = work(token);
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            Size)
        {
            IsBackground = true,
        };
        thread.Start();
        if (!thread.Join(patience))
        {
            late.Cancel();
            throw new TimeoutException("The script does not end.");
        }

        failure?.Throw();
        return result!;
    }

    /// <summary>Measures at each statement how far the stack has grown since it was made.</summary>
    public sealed unsafe class Guard : Constraint
    {
        private readonly nint _start;

        public Guard()
        {
            byte here;
            _start = (nint)(&here);
        }

        /// <inheritdoc />
        /// <exception cref="InsufficientExecutionStackException">It has grown too far.</exception>
        public override void Check()
        {
            byte here;
            if (_start - (nint)(&here) > ForCalls)
                throw new InsufficientExecutionStackException("The script calls itself too deeply.");
        }

        /// <inheritdoc />
        public override void Reset()
        {
        }
    }
}
