using System.Text.RegularExpressions;
using Elsa.Expressions.Models;
using Jint;
using Jint.Native;
using JintScript = Jint.Prepared<Acornima.Ast.Script>;

namespace Elsa.Expressions.JavaScript;

/// <summary>
/// JavaScript by Jint. A script is parsed once per definition. It may use neither the network nor files nor .NET types,
/// and no more than a share of time, memory and stack: past that it fails like any other expression.
/// </summary>
internal static partial class JavaScriptEvaluator
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private const long Memory = 64 * 1024 * 1024;
    private const int Recursion = 200;
    private const int Statements = 5_000_000;
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
        return new(Engine.PrepareScript(text, options: Preparation), names);
    }

    private static object? Run(CompiledScript script, ExpressionExecutionContext context, ExpressionEvaluatorOptions? options, Action<Engine>? configure)
    {
        using var engine = new Engine(jint => jint
            .TimeoutInterval(Timeout)
            .LimitMemory(Memory)
            .LimitRecursion(Recursion)
            .MaxStatements(Statements)
            .CancellationToken(context.CancellationToken)
            .Strict(false));
        var variables = JavaScriptGlobals.Register(engine, context, script.Names);
        JavaScriptGlobals.Arguments(engine, options?.Arguments);
        configure?.Invoke(engine);
        var value = Unwrap(engine.Evaluate(script.Prepared).UnwrapIfPromise());
        variables.KeepChanges();
        return value;
    }

    private static object? Unwrap(JsValue value) => value.IsUndefined() || value.IsNull() ? null : JavaScriptValues.ToClr(value.ToObject());

    [GeneratedRegex(@"[\p{L}_$][\p{L}\p{Nd}_$]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Identifier();

    /// <param name="Prepared">The parsed script.</param>
    /// <param name="Names">The names in its text: only what it can name is handed to it.</param>
    public sealed record CompiledScript(JintScript Prepared, IReadOnlySet<string> Names);
}
