using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace TongBan.Host.Tests.Privacy;

/// <summary>Hears what the process logs down to Information, but for what the host never lets through.</summary>
internal sealed class LogListener : EventListener
{
    private const EventKeywords FormattedMessage = (EventKeywords)4;

    public ConcurrentQueue<string> Lines { get; } = new();

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Extensions-Logging")
            EnableEvents(eventSource, EventLevel.LogAlways, FormattedMessage, new Dictionary<string, string?>(StringComparer.Ordinal) { ["FilterSpecs"] = "*:Information;Microsoft.AspNetCore.Hosting.Diagnostics:Warning" });
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) => Lines?.Enqueue(string.Join(' ', eventData.Payload ?? (IReadOnlyList<object?>)[]));
}
