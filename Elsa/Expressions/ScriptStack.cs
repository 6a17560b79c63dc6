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

    public static T Run<T>(Func<T> work)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = work();
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
        thread.Join();
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
