using System.Text.Json;

namespace TongBan.Host.Workflows.Simulation;

/// <summary>
/// How the people and partners of a simulation answer, by the step's id or by what is asked, such as <c>decide</c>. A list is used
/// up one by one; after that, and without a script, everything goes well: so a case that is sent back comes through the second time.
/// </summary>
internal sealed class SimulationScript
{
    /// <summary>An answer that leaves the question open until a timer ends the wait.</summary>
    public const string Wait = "Wait";

    /// <summary>What the applicant is asked by nobody: to withdraw.</summary>
    public const string Withdraw = "withdraw";

    private readonly Dictionary<string, Queue<string>> _answers = new(StringComparer.OrdinalIgnoreCase);

    public SimulationScript(IReadOnlyDictionary<string, JsonElement>? answers)
    {
        foreach (var (key, value) in answers ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
            _answers[key] = new(value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(one => one.ToString()) : [value.ToString()]);
    }

    /// <summary>The next answer of the step, else of the kind; null when none is left.</summary>
    public string? Take(string? activityId, string kind) => TryTake(activityId) ?? TryTake(kind);

    /// <summary>The next answer, left where it is.</summary>
    public string? Peek(string? activityId, string kind) => TryPeek(activityId) ?? TryPeek(kind);

    private string? TryTake(string? key) => key is not null && _answers.TryGetValue(key, out var left) && left.TryDequeue(out var answer) ? answer : null;

    private string? TryPeek(string? key) => key is not null && _answers.TryGetValue(key, out var left) && left.TryPeek(out var answer) ? answer : null;
}
