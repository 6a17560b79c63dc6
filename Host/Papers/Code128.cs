using TongBan.Host.Papers.Pdf;

namespace TongBan.Host.Papers;

/// <summary>Code 128 (ISO/IEC 15417): the bar code that couriers' scanners read. Pairs of digits go two to a symbol.</summary>
internal static class Code128
{
    private const int StartB = 104;
    private const int StartC = 105;
    private const int ToB = 100;
    private const int Stop = 106;
    private const int Modulus = 103;
    private const int QuietModules = 10;

    /// <summary>Widths of bar, space, bar, space, bar, space of each symbol, in modules; the stop has one more bar.</summary>
    private static readonly string[] Widths = (
        "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 "
        + "221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 "
        + "231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 "
        + "314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
        + "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 "
        + "114131 311141 411131 211412 211214 211232 2331112").Split(' ');

    /// <summary>The widths of bars and spaces, beginning with a bar.</summary>
    /// <param name="text">Printable ASCII.</param>
    public static IReadOnlyList<int> Encode(string text)
    {
        var symbols = Symbols(text);
        var check = symbols.Select((symbol, position) => symbol * Math.Max(1, position)).Sum() % Modulus;
        return [.. symbols.Append(check).Append(Stop).SelectMany(symbol => Widths[symbol].Select(width => width - '0'))];
    }

    internal static void Draw(PdfPage page, string text, double x, double y, double width, double height)
    {
        var widths = Encode(text);
        var module = width / (widths.Sum() + (2 * QuietModules));
        var at = x + (QuietModules * module);
        foreach (var (index, each) in widths.Index())
        {
            if (index % 2 == 0)
                page.Fill(at, y, each * module, height, grey: 0);
            at += each * module;
        }
    }

    private static List<int> Symbols(string text)
    {
        if (text.Length == 0 || text.Any(character => character is < ' ' or > '~'))
            throw new ArgumentException($"A bar code of printable ASCII is wanted, not of '{text}'.", nameof(text));
        // Digits in pairs from the start; what is left, an odd digit or anything else, goes one by one.
        var pairs = text.TakeWhile(char.IsAsciiDigit).Count() / 2;
        if (pairs < 2)
            return [StartB, .. text.Select(character => character - ' ')];
        var symbols = new List<int> { StartC };
        for (var pair = 0; pair < pairs; pair++)
            symbols.Add(((text[2 * pair] - '0') * 10) + text[(2 * pair) + 1] - '0');
        if (text.Length > 2 * pairs)
            symbols.AddRange([ToB, .. text.Skip(2 * pairs).Select(character => character - ' ')]);
        return symbols;
    }
}
