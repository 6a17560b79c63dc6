using Elsa.Workflows;

namespace Elsa.Execution;

/// <summary>One line of an instance's history.</summary>
internal readonly record struct JournalEntry(ActivityExecutionContext Context, string Event, string? Message, string? Source, object? Payload, DateTimeOffset At);

/// <summary>The lines that this burst adds. Their order is their sequence.</summary>
internal sealed class Journal(TimeProvider time)
{
    private readonly List<JournalEntry> _entries = [];

    public IReadOnlyList<JournalEntry> Entries => _entries;

    /// <summary>How many lines the instance had before this burst.</summary>
    public long Offset { get; set; }

    /// <summary>Set while an instance is cancelled as a whole: what ends then is not told one by one.</summary>
    public bool IsMuted { get; set; }

    public void Add(ActivityExecutionContext context, string eventName, string? message = null, string? source = null, object? payload = null)
    {
        if (!IsMuted)
            _entries.Add(new(context, eventName, message, source, payload, time.GetUtcNow()));
    }
}
