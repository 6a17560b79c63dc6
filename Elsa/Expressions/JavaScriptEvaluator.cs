using System.Text.RegularExpressions;
using Acornima.Ast;
using Elsa.Expressions.Models;
using Jint;
using Expression = Elsa.Expressions.Models.Expression;
using JintScript = Jint.Prepared<Acornima.Ast.Script>;

namespace Elsa.Expressions.JavaScript;

/// <summary>
/// JavaScript by Jint. A script is parsed once per definition. It may use neither the network nor files nor .NET types,
/// and no more than a share of time, memory and stack: past that it fails like any other expression.
/// </summary>
internal static partial class JavaScriptEvaluator
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = Timeout + TimeSpan.FromSeconds(3);
    private const long Memory = 64 * 1024 * 1024;
    private const int Recursion = 200;
    private const int Statements = 5_000_000;

    /// <summary>A script that has neither functions nor loops needs one of these to come by one, or by what is longer than its own text.</summary>
    private static readonly string[] WaysToMore =
        ["eval", "Function", "constructor", "call", "apply", "bind", "Array", "repeat", "padStart", "padEnd", "assign", "defineProperty", "defineProperties", .. ScriptBytes.Kinds];

    /// <summary>No script has them: proxies that refer to each other have the engine call itself without a statement in between; a realm has no limits.</summary>
    private static readonly string[] Endless = ["Proxy", "ShadowRealm"];

    private static readonly ScriptPreparationOptions Preparation = new() { ParsingOptions = new() { AllowReturnOutsideFunction = true } };

    public static object? Evaluate(Expression expression, ExpressionExecutionContext context, ExpressionEvaluatorOptions? options)
    {
        var script = (CompiledScript)(expression.Compiled ??= Compile(expression.Value?.ToString() ?? ""));
        return Run(script, context, options, null);
    }

    public static object? Evaluate(CompiledScript script, ExpressionExecutionContext context, Action<Engine>? configure) => Run(script, context, null, configure);

    public static CompiledScript Compile(string text)
    {
        var names = Identifier().Matches(text).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        var script = Engine.PrepareScript(text, options: Preparation);
        return new(script, names, !names.Overlaps(WaysToMore) && !script.Program!.DescendantNodes().Any(node => MayGoOn(node, names)));
    }

    /// <summary>Without them a script can neither call itself nor build what is deep, nor say of an object that it is longer than it is.</summary>
    private static bool MayGoOn(Node node, IReadOnlySet<string> names) => node switch
    {
        AssignmentExpression { Left: MemberExpression { Computed: true } or MemberExpression { Property: Identifier { Name: "length" } } } => true,
        ObjectExpression => names.Contains("length"),
        ObjectProperty { Computed: true } => true,
        _ => node.Type is NodeType.FunctionDeclaration or NodeType.FunctionExpression or NodeType.ArrowFunctionExpression or NodeType.ClassDeclaration or NodeType.ClassExpression
            or NodeType.ForStatement or NodeType.ForInStatement or NodeType.ForOfStatement or NodeType.WhileStatement or NodeType.DoWhileStatement,
    };

    private static object? Run(CompiledScript script, ExpressionExecutionContext context, ExpressionEvaluatorOptions? options, Action<Engine>? configure) => script.IsPlain
        ? RunHere(script, context, options, configure, context.CancellationToken)
        : ScriptStack.Run(Patience, cancellation => RunHere(script, context, options, configure, cancellation), context.CancellationToken);

    private static object? RunHere(CompiledScript script, ExpressionExecutionContext context, ExpressionEvaluatorOptions? options, Action<Engine>? configure, CancellationToken cancellation)
    {
        using var engine = new Engine(jint =>
        {
            jint.TimeoutInterval(Timeout).RegexTimeoutInterval(Timeout).LimitMemory(Memory).LimitRecursion(Recursion).MaxStatements(Statements).CancellationToken(cancellation).Strict(false);
            jint.Constraints.PromiseTimeout = Timeout;
            jint.Constraints.MaxArraySize = ScriptLimits.Places;
            jint.AgentCanSuspend = false;
            if (script.IsPlain)
                jint.DisableStringCompilation();
            else
                jint.Constraint(new ScriptStack.Guard());
        });
        foreach (var name in Endless)
            engine.Global.RemoveOwnProperty(name);
        if (!script.IsPlain)
            ScriptLimits.Apply(engine);
        var variables = JavaScriptGlobals.Register(engine, context, script.Names);
        JavaScriptGlobals.Arguments(engine, options?.Arguments);
        configure?.Invoke(engine);
        var value = JavaScriptValues.ToClr(engine, engine.Evaluate(script.Prepared).UnwrapIfPromise(cancellation));
        cancellation.ThrowIfCancellationRequested();
        variables.KeepChanges();
        return value;
    }

    [GeneratedRegex(@"[\p{L}_$][\p{L}\p{Nd}_$]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Identifier();

    /// <param name="Prepared">The parsed script.</param>
    /// <param name="Names">The names in its text: only what it can name is handed to it.</param>
    /// <param name="IsPlain">Whether it has neither loops nor functions, nor anything that makes what is long.</param>
    public sealed record CompiledScript(JintScript Prepared, IReadOnlySet<string> Names, bool IsPlain);
}
