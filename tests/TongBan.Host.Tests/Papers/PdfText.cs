using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace TongBan.Host.Tests.Papers;

/// <summary>Reads the text of a paper back out of its PDF, by the maps from glyphs to characters that make it searchable.</summary>
internal static partial class PdfText
{
    /// <summary>The lines of all pages, in the order in which they were written.</summary>
    internal static IReadOnlyList<string> Lines(byte[] pdf)
    {
        var streams = Streams(pdf).ToList();
        var fonts = FontsOf(streams);
        return
        [
            .. from stream in streams
               from Match shown in ShownText().Matches(stream)
               let font = fonts[shown.Groups["font"].Value == "F1" ? 0 : 1]
               select string.Concat(shown.Groups["glyphs"].Value.Chunk(4).Select(glyph => font[new string(glyph)])),
        ];
    }

    /// <summary>What the glyphs of scripts with rules of their own stand for, from left to right as they are drawn.</summary>
    internal static IReadOnlyList<string> Shaped(byte[] pdf)
    {
        var streams = Streams(pdf).ToList();
        // Fonts that stand in are stored after the two main ones, in the order of their keys.
        var standIns = FontsOf(streams).Skip(2).ToList();
        var shown = streams.SelectMany(stream => ShapedText().Matches(stream)).ToList();
        var keys = shown.Select(run => run.Groups["font"].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return
        [
            .. from run in shown
               from Capture glyph in run.Groups["glyph"].Captures
               let text = standIns[keys.IndexOf(run.Groups["font"].Value)].GetValueOrDefault(glyph.Value)
               where text is not null
               select text,
        ];
    }

    private static List<Dictionary<string, string>> FontsOf(List<string> streams) =>
        [.. streams.Where(stream => stream.Contains("beginbfchar", StringComparison.Ordinal)).Select(CharactersOf)];

    private static IEnumerable<string> Streams(byte[] pdf)
    {
        var text = Encoding.Latin1.GetString(pdf);
        foreach (Match stream in StreamStart().Matches(text))
        {
            var length = int.Parse(stream.Groups["length"].Value, CultureInfo.InvariantCulture);
            using var zlib = new ZLibStream(new MemoryStream(pdf, stream.Index + stream.Length, length), CompressionMode.Decompress);
            using var content = new MemoryStream();
            zlib.CopyTo(content);
            yield return Encoding.Latin1.GetString(content.ToArray());
        }
    }

    private static Dictionary<string, string> CharactersOf(string map) => MappedCharacter().Matches(map).ToDictionary(
        match => match.Groups["glyph"].Value,
        match => Encoding.BigEndianUnicode.GetString(Convert.FromHexString(match.Groups["text"].Value)),
        StringComparer.Ordinal);

    [GeneratedRegex(@"/Length (?<length>\d+)[^>]*>>\nstream\n", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex StreamStart();

    [GeneratedRegex(@"/(?<font>F\d) [\d.]+ Tf [\d.-]+ [\d.-]+ Td <(?<glyphs>[0-9A-F]+)> Tj", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ShownText();

    [GeneratedRegex(@"/(?<font>S\d+) [\d.]+ Tf\n(1 0 0 1 [\d.-]+ [\d.-]+ Tm <(?<glyph>[0-9A-F]{4})> Tj\n)+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ShapedText();

    [GeneratedRegex(@"<(?<glyph>[0-9A-F]{4})> <(?<text>[0-9A-F]+)>\n", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex MappedCharacter();
}
