using System.Collections;
using System.Reflection;
using System.Text.Json;
using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Activities;
using Elsa.Workflows.Activities.Flowchart.Attributes;
using TongBan.Activities;

namespace TongBan.Workflows.Soundness;

/// <summary>How steps leave: through which outcomes, and whether that is the end.</summary>
internal static class Leaving
{
    private const string Done = "Done";

    /// <summary>Elsa's activities that have one way out and no attribute that says so.</summary>
    private static readonly HashSet<string> OneWay = new(StringComparer.Ordinal)
    {
        "Elsa.Start", "Elsa.WriteLine", "Elsa.SetVariable", "Elsa.SetOutput", "Elsa.SetName", "Elsa.Correlate", "Elsa.FlowJoin", "Elsa.Delay", "Elsa.Timer", "Elsa.Cron",
        "Elsa.StartAt", "Elsa.Event", "Elsa.PublishEvent", "Elsa.RunTask", "Elsa.ExecuteWorkflow", "Elsa.DispatchWorkflow",
    };

    /// <summary>Elsa's activities that wait for something outside of the workflow.</summary>
    private static readonly HashSet<string> Waiting = new(StringComparer.Ordinal) { "Elsa.Delay", "Elsa.Timer", "Elsa.Cron", "Elsa.StartAt", "Elsa.Event", "Elsa.RunTask", "Elsa.HttpEndpoint" };

    /// <summary>The outcomes of an activity; null when they are not known before it runs.</summary>
    public static IReadOnlyList<string>? Outcomes(IActivity activity) => activity switch
    {
        ITerminalNode or Elsa.Workflows.Activities.Fault => [],
        FlowSwitch choice => [.. choice.Cases.Select(one => one.Label).Append("Default").Distinct(StringComparer.Ordinal)],
        FlowFork fork => Texts(fork.Branches?.Expression?.Value),
        _ when activity.GetType().GetCustomAttribute<FlowNodeAttribute>() is { } node => [.. node.Outcomes],
        _ when IsOurs(activity) || OneWay.Contains(activity.Type) => [Done],
        _ => null,
    };

    /// <summary>Whether the activity leaves by one of its outcomes and not by several at once.</summary>
    public static bool IsChoice(Step step) => step is { Outcomes.Count: > 1, Activity: not FlowFork };

    /// <summary>The outcome that a connection leaves by.</summary>
    public static string PortOf(Elsa.Workflows.Activities.Flowchart.Models.Connection line) => line.Source.Port ?? Done;

    /// <summary>Whether the activity belongs to the handling of cases.</summary>
    public static bool IsOurs(IActivity activity) => activity.GetType().Assembly == typeof(CaseActivity).Assembly;

    /// <summary>Whether nothing has to follow.</summary>
    public static bool IsEnding(IActivity activity) => activity is CloseCase or ITerminalNode;

    public static bool IsWait(IActivity activity) => activity is CaseActivity || Waiting.Contains(activity.Type);

    /// <summary>Whether the step may wait for ever, although nothing is wrong: most applicants do not withdraw.</summary>
    public static bool MayNeverLeave(IActivity activity) => activity is AwaitWithdrawal;

    private static List<string>? Texts(object? value)
    {
        try
        {
            return value switch
            {
                string text when text.AsSpan().TrimStart() is ['[', ..] => JsonSerializer.Deserialize<List<string>>(text),
                IEnumerable many and not string => [.. many.Cast<object?>().Select(one => one?.ToString() ?? "")],
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null; // Said by the rule on expressions.
        }
    }
}
