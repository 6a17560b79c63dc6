namespace Elsa.Common
{
    /// <summary>The time, for activities that ask for it.</summary>
    public interface ISystemClock
    {
        /// <summary>Now, in UTC.</summary>
        DateTimeOffset UtcNow { get; }
    }
}

namespace Elsa.Execution
{
    /// <summary>The host's <see cref="TimeProvider"/> under the original's name, so that a test that moves one moves both.</summary>
    internal sealed class SystemClock(TimeProvider time) : Common.ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
