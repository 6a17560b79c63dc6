using Hangfire.AspNetCore;
using Hangfire.Logging;

namespace TongBan.Host.Jobs;

/// <summary>
/// Hangfire's log. Hangfire has one for the whole process, that of the host which came last; when several hosts run in a
/// process, as in tests, one of them may outlive it and must then work on without a log.
/// </summary>
internal sealed class JobLog(ILoggerFactory loggers) : ILogProvider
{
    private readonly AspNetCoreLogProvider _inner = new(loggers);

    public ILog GetLogger(string name)
    {
        try
        {
            return _inner.GetLogger(name);
        }
        catch (ObjectDisposedException)
        {
            return Silence.Instance;
        }
    }

    private sealed class Silence : ILog
    {
        public static Silence Instance { get; } = new();

        public bool Log(Hangfire.Logging.LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null) => false;
    }
}
