using Elsa.Expressions.JavaScript;
using Elsa.Expressions.Liquid;
using Jint;

namespace Elsa.Expressions;

/// <summary>Checks texts against the syntaxes of this runtime without evaluating them.</summary>
public static class ExpressionSyntax
{
    /// <summary>Why a text cannot be evaluated; null when it can be tried.</summary>
    /// <param name="syntax">The syntax's name, such as <c>JavaScript</c>.</param>
    /// <param name="text">The text.</param>
    public static string? FindError(string syntax, string text) => syntax switch
    {
        "Literal" or "Object" or "Variable" or "Input" or "Output" or "Delegate" => null,
        "JavaScript" => Try<ScriptPreparationException>(() => JavaScriptEvaluator.Compile(text)),
        "Liquid" => LiquidText.Parse(text).Error,
        _ => $"There is no expression syntax '{syntax}'.",
    };

    private static string? Try<TError>(Action parse) where TError : Exception
    {
        try
        {
            parse();
            return null;
        }
        catch (TError error)
        {
            return (error.InnerException ?? error).Message;
        }
    }
}
