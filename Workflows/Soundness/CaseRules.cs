using TongBan.Activities;

namespace TongBan.Workflows.Soundness;

/// <summary>What the handling of a case needs besides a sound flow.</summary>
internal static class CaseRules
{
    private const string Accepted = "Accepted";

    /// <summary>Nobody is kept waiting for a decision without a promised date: the acceptance starts that limit.</summary>
    public static IEnumerable<Finding> DecisionsWithoutLimit(Plan plan)
    {
        var unlimited = Plan.Spread([plan.Root.Entry], way => way is { From.Step.Activity: AcceptApplication, Port: Accepted or null });
        return from step in plan.Steps
               where step.Activity is IssueDecision && unlimited.Contains(step.Entry)
               select new Finding("no-limit", $"可以不经「受理」就走到{plan.Name(step)}：承诺时限没有起算，等待决定便没有期限", step.Activity.Id);
    }

    /// <summary>Some applicants withdraw; the others' cases have to end too.</summary>
    public static IEnumerable<Finding> EndsOnlyByWithdrawal(Plan plan)
    {
        var reached = Plan.Spread([plan.Root.Entry], way => Leaving.MayNeverLeave(way.From.Step.Activity));
        return reached.Contains(plan.Root.Exit) || plan.Steps.FirstOrDefault(step => Leaving.MayNeverLeave(step.Activity)) is not { } wait
            ? []
            : [new("only-by-withdrawal", $"不经{plan.Name(wait)}就走不到结束：不撤件的办件永远办不完", wait.Activity.Id)];
    }

    /// <summary>A workflow that handles cases files each of them before it ends.</summary>
    public static IEnumerable<Finding> EndsWithoutClosing(Plan plan)
    {
        var unclosed = Plan.Spread([plan.Root.Entry], way => way.From.Step.Activity is CloseCase);
        return plan.Root.Exit.In.Any(way => unclosed.Contains(way.From) && way.From.Step.Activity is not CloseCase)
            ? [new("not-closed", "可以不经「归档」就结束：办件会一直开着，时限也不会停")]
            : [];
    }
}
