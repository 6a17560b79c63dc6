using TongBan.Domain.Tasks;

namespace TongBan.Host.Pages.Cases;

/// <summary>What was typed before a task is ended.</summary>
internal sealed class TaskForm
{
    /// <summary>Checklist entries that are missing, by code.</summary>
    public HashSet<string> Missing { get; } = new(StringComparer.Ordinal);

    /// <summary>What else is missing, one thing a line.</summary>
    public string? MissingWords { get; set; }

    public string? Reason { get; set; }

    public string? Waybill { get; set; }

    public string? DocumentNumber { get; set; }

    public string? Procedure { get; set; }

    public string? Code { get; set; }

    public string? Receiver { get; set; }

    public List<ResultFile> Files { get; } = [];

    /// <summary>What belongs to the outcome; what was typed for another is left out.</summary>
    public TaskData ToData(TaskField fields)
    {
        return new TaskData(
            Of(TaskField.Reason, Reason),
            fields.HasFlag(TaskField.Missing) ? [.. Missing, .. Lines(MissingWords)] : null,
            Of(TaskField.Waybill, Waybill),
            Of(TaskField.DocumentNumber, DocumentNumber),
            Of(TaskField.Procedure, Procedure),
            Of(TaskField.Code, Code),
            Of(TaskField.Receiver, Receiver),
            fields.HasFlag(TaskField.Files) && Files.Count > 0 ? [.. Files] : null);

        string? Of(TaskField field, string? typed) => fields.HasFlag(field) && !string.IsNullOrWhiteSpace(typed) ? typed.Trim() : null;
    }

    private static string[] Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
