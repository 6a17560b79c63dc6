using System.Text.Json;
using Elsa.Expressions.Models;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Models;

namespace TongBan.Workflows.Soundness;

/// <summary>Tells why a text is not of a syntax; null when it is. The host asks the runtime that will evaluate it.</summary>
/// <param name="syntax">The syntax's name, such as <c>JavaScript</c>.</param>
/// <param name="text">The text.</param>
public delegate string? SyntaxCheck(string syntax, string text);

/// <summary>Expressions compile, and what they name exists.</summary>
internal static class ExpressionRules
{
    private const string JavaScript = "JavaScript";
    private const int LongestError = 200;

    public static IEnumerable<Finding> Broken(Plan plan, Workflow workflow, SyntaxCheck check)
    {
        foreach (var step in plan.Steps)
        {
            var variables = Variables(workflow, step);
            foreach (var part in Parts.Inputs(step.Activity))
            {
                if (part.Expression is not { } expression || Problem(expression, part, step.Activity, variables, workflow, check) is not { } problem)
                    continue;
                yield return new("broken-expression", $"{plan.Name(step)}的{Wording.Input(part)}{problem}", step.Activity.Id);
            }
        }
    }

    private static string? Problem(Expression expression, Part part, IActivity activity, HashSet<string> variables, Workflow workflow, SyntaxCheck check) => expression switch
    {
        { Type: "Literal" } when IsScript(activity, part) => Compile(JavaScript, expression.Value?.ToString(), check),
        { Type: "Literal" or "Delegate" or "Output" } => null,
        { Type: "Variable", Value: Variable variable } => variables.Contains(variable.Id) || variables.Contains(variable.Name) ? null : $"所用的变量“{variable.Name}”不存在",
        { Type: "Variable" } => "没有选定变量",
        { Type: "Input", Value: InputDefinition input } => workflow.Inputs.Any(known => known.Name == input.Name) ? null : $"所用的流程输入“{input.Name}”不存在",
        { Type: "Input" } => "没有选定流程输入",
        { Type: "Object", Value: string text } => part.Type == typeof(object) || part.Type == typeof(string) ? null : Json(text),
        { Type: "Object" } => null,
        _ => Compile(expression.Type, expression.Value?.ToString(), check),
    };

    /// <summary>The activity that runs a script takes it as a text. It is known by name: Elsa has it in a package of its own.</summary>
    private static bool IsScript(IActivity activity, Part part) => activity.Type == "Elsa.RunJavaScript" && part.Name == "Script";

    private static string? Compile(string syntax, string? text, SyntaxCheck check) =>
        check(syntax, text ?? "") is { } error ? $"（{syntax}）有语法错误：{(error.Length > LongestError ? error[..LongestError] : error)}" : null;

    private static string? Json(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        try
        {
            JsonDocument.Parse(text).Dispose();
            return null;
        }
        catch (JsonException exception)
        {
            return $"不是有效的 JSON：第 {exception.LineNumber + 1} 行";
        }
    }

    /// <summary>Those of the workflow and of every container around the step; a container may use its own.</summary>
    private static HashSet<string> Variables(Workflow workflow, Step step)
    {
        var known = workflow.Variables.AsEnumerable();
        for (var around = step; around is not null; around = around.Container)
        {
            if (around.Activity is IVariableContainer container)
                known = known.Concat(container.Variables);
        }

        return known.SelectMany(variable => (string[])[variable.Id ?? "", variable.Name ?? ""]).ToHashSet(StringComparer.Ordinal);
    }
}
