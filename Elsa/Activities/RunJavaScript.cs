using System.Runtime.CompilerServices;
using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;

namespace Elsa.Expressions.JavaScript.Activities;

/// <summary>Runs a script, which may name the outcome.</summary>
[Activity("Elsa", "Scripting", "Executes JavaScript code", DisplayName = "Run JavaScript")]
public class RunJavaScript : CodeActivity<object?>
{
    public RunJavaScript([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    public RunJavaScript(string script, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Script = new(script);

    [Input(Description = "The script to run.", DefaultSyntax = "JavaScript", UIHint = InputUIHints.CodeEditor, Options = "javascript", UIHandler = typeof(JavaScriptEditor))]
    public Input<string> Script { get; set; } = new("");

    [Input(Description = "A list of possible outcomes.", UIHint = InputUIHints.DynamicOutcomes)]
    public Input<ICollection<string>> PossibleOutcomes { get; set; } = null!;

    /// <inheritdoc />
    protected override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        string[] outcomes = ["Done"];
        var script = context.Get(Script);
        if (!string.IsNullOrWhiteSpace(script))
        {
            var compiled = Cache.GetOrAdd(script, JavaScriptEvaluator.Compile);
            var result = JavaScriptEvaluator.Evaluate(compiled, context.ExpressionExecutionContext, engine =>
            {
                engine.SetValue("setOutcome", (Action<string>)(value => outcomes = [value]));
                engine.SetValue("setOutcomes", (Action<string[]>)(value => outcomes = value));
            });
            if (result is not null)
                context.Set(Result, result);
        }

        return context.CompleteActivityWithOutcomesAsync(outcomes);
    }

    private static readonly ScriptCache Cache = new();

    internal sealed class JavaScriptEditor : Workflows.UIHints.CodeEditor.CodeEditorOptionsProviderBase
    {
        /// <inheritdoc />
        protected override string GetLanguage(System.Reflection.PropertyInfo propertyInfo, object? context) => "javascript";
    }
}
