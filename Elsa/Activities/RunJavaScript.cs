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
    /// <summary>Leaves the inputs to be set. The compiler fills in <paramref name="source"/> and <paramref name="line"/>, by which the definition says where in code the activity was made.</summary>
    public RunJavaScript([CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : base(source, line)
    {
    }

    /// <summary>Runs a script that is known in advance.</summary>
    public RunJavaScript(string script, [CallerFilePath] string? source = null, [CallerLineNumber] int? line = null) : this(source, line) => Script = new(script);

    /// <summary>ECMAScript, as Jint runs it. <c>setOutcome(name)</c> and <c>setOutcomes([names])</c> choose the outcomes, "Done" unless called; the last value is the result. Limits of time, memory and depth make an incident.</summary>
    [Input(Description = "The script to run.", DefaultSyntax = "JavaScript", UIHint = InputUIHints.CodeEditor, Options = "javascript", UIHandler = typeof(JavaScriptEditor))]
    public Input<string> Script { get; set; } = new("");

    /// <summary>The outcomes that the designer draws as ports. The script may name others; they lead nowhere.</summary>
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
