using System.Text.RegularExpressions;

namespace Elsa.Expressions;

/// <summary>Names as the original spells them in scripts' accessors and in the types that definitions become: <c>my name</c> and <c>my_name</c> are <c>MyName</c>, <c>line_1</c> is <c>Line_1</c>.</summary>
internal static partial class PascalCase
{
    public static string Of(string name) => WordStart().Replace(name, match => match.Groups["letter"].Value.ToUpperInvariant());

    [GeneratedRegex("([ _-]+|^)(?<letter>[a-zA-Z])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordStart();
}
