using System.Text.RegularExpressions;

namespace Elsa.Expressions.Liquid;

/// <summary>How deep a template goes, before the parser does: it and the rendering go down level by level, and a stack that is full ends the process.</summary>
internal static partial class LiquidNesting
{
    public const int MostLevels = 100;

    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal) { "if", "unless", "for", "case", "capture", "tablerow" };

    /// <summary>Blocks in one another, and brackets inside of one tag.</summary>
    public static int Of(string text)
    {
        var (blocks, brackets, most, isInside) = (0, 0, 0, false);
        for (var mark = Mark().Match(text); mark.Success; mark = mark.NextMatch())
        {
            switch (mark.Value)
            {
                case "[" or "(":
                    brackets += isInside ? 1 : 0;
                    break;
                case "]" or ")":
                    brackets = Math.Max(0, brackets - 1);
                    break;
                case "}}" or "%}":
                    (brackets, isInside) = (0, false);
                    break;
                default:
                    isInside = true;
                    var name = mark.Groups["name"].Value;
                    blocks += Blocks.Contains(name) ? 1 : name.StartsWith("end", StringComparison.Ordinal) && blocks > 0 ? -1 : 0;
                    break;
            }

            most = Math.Max(most, blocks + brackets);
        }

        return most;
    }

    [GeneratedRegex(@"\{%-?\s*(?<name>\w*)|\{\{|\}\}|%\}|[\[\]()]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();
}
