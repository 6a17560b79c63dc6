using System.Text.Json;
using Elsa.Expressions;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.LogPersistence;
using Elsa.Workflows.Models;

namespace Elsa.Execution;

/// <summary>
/// What a definition says of keeping values in the history: for the workflow, for an activity, for each of its inputs and outputs,
/// as a strategy or an expression, in the custom properties that Elsa Studio writes. An older form with plain modes is read too.
/// </summary>
internal sealed class LogPersistenceRules
{
    private const string Current = "logPersistenceConfig";
    private const string Older = "logPersistenceMode";
    private readonly IReadOnlyList<JsonElement[]> _definitions;
    private readonly JsonElement[] _activity;

    private LogPersistenceRules(IReadOnlyList<JsonElement[]> definitions, JsonElement[] activity) => (_definitions, _activity) = (definitions, activity);

    /// <summary>Null when nothing is said, so that everything is kept.</summary>
    public static LogPersistenceRules? Of(IActivity activity, ActivityNode? parent, Workflow workflow)
    {
        var definitions = Around(parent, workflow).Select(Sections).Where(said => said.Length > 0).Reverse().ToList();
        var own = activity == workflow ? [] : Sections(activity.CustomProperties);
        return definitions.Count + own.Length == 0 ? null : new(definitions, own);
    }

    /// <summary>What the definitions say that the activity stands in, the innermost first.</summary>
    private static IEnumerable<IDictionary<string, object>> Around(ActivityNode? parent, Workflow workflow)
    {
        for (; parent is not null; parent = parent.Parent)
        {
            if (parent.Activity is IDefinitionActivity definition)
                yield return definition.DefinitionProperties;
        }

        yield return workflow.CustomProperties;
    }

    /// <summary>Finds out, at the end of a burst, what of each execution that ran is kept.</summary>
    public static async ValueTask DecideAsync(WorkflowExecutionContext workflow)
    {
        foreach (var context in workflow.Touched)
        {
            if (context.ActivityNode.LogPersistence is { } said)
                context.Kept = await said.KeptAsync(context);
        }
    }

    private async ValueTask<KeptValues> KeptAsync(ActivityExecutionContext context)
    {
        var scope = context.ExpressionExecutionContext;
        var outer = LogPersistenceMode.Include;
        foreach (var said in _definitions)
            outer = await ModeAsync(said, null, "default", scope, outer);
        var mode = await ModeAsync(_activity, null, "default", scope, outer);
        var left = new HashSet<(string, string)>();
        foreach (var name in context.ActivityDescriptor.Inputs.Select(input => input.Name))
        {
            if (await ModeAsync(_activity, "inputs", name, scope, mode) == LogPersistenceMode.Exclude)
                left.Add((KeptValues.Inputs, name));
        }

        foreach (var name in context.ActivityDescriptor.Outputs.Select(output => output.Name))
        {
            if (await ModeAsync(_activity, "outputs", name, scope, mode) == LogPersistenceMode.Exclude)
                left.Add((KeptValues.Outputs, name));
        }

        return new KeptValues(left, await ModeAsync(_activity, null, "internalState", scope, mode) != LogPersistenceMode.Exclude);
    }

    private static async ValueTask<LogPersistenceMode> ModeAsync(JsonElement[] sections, string? group, string name, ExpressionExecutionContext scope, LogPersistenceMode inherited)
    {
        foreach (var section in sections)
        {
            if (Member(section, group) is not { } within || Member(within, Camel(name)) is not { } said)
                continue;
            var mode = said.ValueKind == JsonValueKind.Object ? await EvaluateAsync(said, scope) : Parse(said.ToString());
            return mode == LogPersistenceMode.Inherit ? inherited : mode;
        }

        return inherited;
    }

    private static async ValueTask<LogPersistenceMode> EvaluateAsync(JsonElement said, ExpressionExecutionContext scope)
    {
        if (Member(said, "evaluationMode")?.ToString() is not ("Expression" or "1"))
            return Parse(Member(said, "strategyType")?.ToString().Split(',')[0].Split('.')[^1]);
        if (Member(said, "expression") is not { ValueKind: JsonValueKind.Object } expression)
            return LogPersistenceMode.Inherit;
        try
        {
            var (type, value) = (Member(expression, "type")?.ToString() ?? "Literal", Member(expression, "value")?.ToString());
            return (await ExpressionEvaluator.EvaluateAsync(new Expression(type, value), typeof(object), scope)).ConvertTo<LogPersistenceMode>();
        }
        catch (Exception e) when (e is not OperationCanceledException || !scope.CancellationToken.IsCancellationRequested)
        {
            return LogPersistenceMode.Inherit; // As in the original: what is kept is no reason to fail.
        }
    }

    private static LogPersistenceMode Parse(string? text) => Enum.TryParse<LogPersistenceMode>(text, ignoreCase: true, out var mode) ? mode : LogPersistenceMode.Inherit;

    private static JsonElement[] Sections(IDictionary<string, object> properties) =>
        [.. new[] { Current, Older }.Where(properties.ContainsKey).Select(key => JsonSerializer.SerializeToElement(properties[key])).Where(section => section.ValueKind == JsonValueKind.Object)];

    private static JsonElement? Member(JsonElement json, string? name) =>
        name is null ? json : json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}

/// <summary>What of an execution is kept in the history.</summary>
/// <param name="Left">The inputs and outputs that are left out.</param>
/// <param name="InternalState">Whether what the activity noted is kept; how it left always is.</param>
internal sealed record KeptValues(IReadOnlySet<(string Group, string Name)> Left, bool InternalState)
{
    public const string Inputs = "inputs";
    public const string Outputs = "outputs";

    public IEnumerable<KeyValuePair<string, object?>>? Of(string group, IEnumerable<KeyValuePair<string, object?>>? values) => values?.Where(value => !Left.Contains((group, value.Key)));

    public IEnumerable<KeyValuePair<string, object?>>? OfState(IEnumerable<KeyValuePair<string, object?>>? values) => InternalState ? values : values?.Where(value => value.Key == "Outcomes");
}
