using Elsa.Workflows.Activities;

namespace TongBan.Workflows.Soundness;

/// <summary>
/// Proves a workflow of cases sound before it goes live: whatever happens to a case, it comes to its end and nobody waits for what
/// cannot come. It looks at the definition only and runs nothing.
/// </summary>
public static class SoundnessCheck
{
    /// <summary>Whether cases run on the workflow, or it has steps of ours; others are none of our business.</summary>
    public static bool Concerns(Workflow workflow) => HandlesCases(workflow) || new Plan(workflow).Steps.Any(step => Leaving.IsOurs(step.Activity));

    /// <summary>All that is wrong; empty when the workflow is sound.</summary>
    /// <param name="workflow">The workflow as it would run.</param>
    /// <param name="check">Asks for the syntax of expressions.</param>
    public static IReadOnlyList<Finding> Check(Workflow workflow, SyntaxCheck check)
    {
        var plan = new Plan(workflow);
        var reached = Plan.Spread([plan.Root.Entry]);
        var findings = new List<Finding>();
        findings.AddRange(ConnectionRules.UnknownActivities(plan));
        findings.AddRange(ConnectionRules.BadConnections(plan));
        findings.AddRange(ConnectionRules.LostOutcomes(plan));
        findings.AddRange(ConnectionRules.LooseOutcomes(plan));
        findings.AddRange(EndRules.DeadEnds(plan, reached));
        var isOpen = findings.Count > 0;
        findings.AddRange(EndRules.Unreachable(plan, reached));
        findings.AddRange(EndRules.Endless(plan, reached));
        findings.AddRange(JoinRules.Starving(plan, reached));
        findings.AddRange(CaseRules.DecisionsWithoutLimit(plan));
        findings.AddRange(CaseRules.EndsOnlyByWithdrawal(plan));
        if (!isOpen && HandlesCases(workflow))
            findings.AddRange(CaseRules.EndsWithoutClosing(plan));
        findings.AddRange(InputRules.Missing(plan));
        findings.AddRange(ExpressionRules.Broken(plan, workflow, check));
        return [.. findings.DistinctBy(finding => finding.Message, StringComparer.Ordinal)];
    }

    /// <summary>Modes and items' own workflows; others with steps of ours are parts of these.</summary>
    private static bool HandlesCases(Workflow workflow) =>
        workflow.Identity.DefinitionId.StartsWith("mode-", StringComparison.Ordinal) || workflow.Identity.DefinitionId.StartsWith("item-", StringComparison.Ordinal);
}
