using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace TongBan.Domain.Materials.Content;

/// <summary>
/// Counts the pages of a PDF (ISO 32000-1, 7.7.3): from the trailer's root to the catalogue, to the page tree, to its count.
/// Reads no more than that and never fails: an encrypted or damaged file has an unknown number of pages.
/// </summary>
internal static class PdfPages
{
    private static readonly Regex ObjectStart = Pattern(@"\b\d{1,9}\s{1,8}\d{1,5}\s{1,8}obj\b");
    private static readonly Regex Root = Pattern(@"/Root\s{0,8}(\d{1,9})\s{1,8}\d{1,5}\s{1,8}R");
    private static readonly Regex Pages = Pattern(@"/Pages\s{0,8}(\d{1,9})\s{1,8}\d{1,5}\s{1,8}R");
    private static readonly Regex PageCount = Pattern(@"/Count\s{0,8}(\d{1,7})\b");
    private static readonly Regex First = Pattern(@"/First\s{0,8}(\d{1,9})\b");

    private const int HeaderWithin = 1024;
    private const int LongestInflated = 64 * 1024 * 1024;

    internal static bool IsPdf(ReadOnlySpan<byte> file) => file[..Math.Min(file.Length, HeaderWithin)].IndexOf("%PDF-"u8) >= 0;

    internal static int? Count(ReadOnlyMemory<byte> file)
    {
        // Latin-1 keeps every byte as one character, so that offsets stay true.
        var text = Encoding.Latin1.GetString(file.Span);
        var objects = Objects(text, file);
        return Last(Root, text) is { } root
            && objects.TryGetValue(root, out var catalogue)
            && Last(Pages, catalogue) is { } pages
            && objects.TryGetValue(pages, out var tree)
            && Last(PageCount, tree) is { } count and > 0
            ? count
            : null;
    }

    /// <summary>The text of each object by number; what stands later in the file replaces what it updates.</summary>
    private static Dictionary<int, string> Objects(string text, ReadOnlyMemory<byte> file)
    {
        var objects = new Dictionary<int, string>();
        var budget = LongestInflated;
        foreach (var match in ObjectStart.EnumerateMatches(text))
        {
            var body = match.Index + match.Length;
            var end = text.IndexOf("endobj", body, StringComparison.Ordinal);
            var stream = text.IndexOf("stream", body, StringComparison.Ordinal);
            var dictionaryEnd = Math.Min(end < 0 ? text.Length : end, stream < 0 ? text.Length : stream);
            var dictionary = text[body..dictionaryEnd];
            _ = Utf8Parser.TryParse(file.Span[match.Index..], out int number, out _);
            objects[number] = dictionary;
            if (stream == dictionaryEnd && dictionary.Contains("/ObjStm", StringComparison.Ordinal))
            {
                AddPacked(objects, dictionary, Inflate(file[Math.Min(file.Length, stream + "stream".Length)..], ref budget));
            }
        }

        return objects;
    }

    /// <summary>An object stream begins with pairs of object number and offset (7.5.7).</summary>
    private static void AddPacked(Dictionary<int, string> objects, string dictionary, string packed)
    {
        if (Last(First, dictionary) is not { } first || first > packed.Length)
        {
            return;
        }

        var numbers = packed[..first].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (var index = 0; index + 1 < numbers.Length; index += 2)
        {
            if (Number(numbers[index]) is { } number && Number(numbers[index + 1]) is { } offset && offset <= packed.Length - first)
            {
                var start = first + offset;
                var next = index + 3 < numbers.Length && Number(numbers[index + 3]) is { } following ? following : packed.Length;
                objects[number] = packed[start..(int)Math.Clamp((long)first + next, start, packed.Length)];
            }
        }
    }

    private static string Inflate(ReadOnlyMemory<byte> afterKeyword, ref int budget)
    {
        var skip = afterKeyword.Span switch
        {
            [(byte)'\r', (byte)'\n', ..] => 2,
            [(byte)'\r' or (byte)'\n', ..] => 1,
            _ => 0,
        };
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(afterKeyword[skip..].ToArray(), writable: false), CompressionMode.Decompress);
            using var inflated = new MemoryStream();
            var buffer = new byte[16384];
            int read;
            while (budget > 0 && (read = zlib.Read(buffer)) > 0)
            {
                inflated.Write(buffer, 0, read);
                budget -= read;
            }

            return Encoding.Latin1.GetString(inflated.GetBuffer(), 0, (int)inflated.Length);
        }
        catch (InvalidDataException)
        {
            // Encrypted, or packed in another way.
            return "";
        }
    }

    private static int? Last(Regex pattern, string text)
    {
        int? last = null;
        for (var match = pattern.Match(text); match.Success; match = match.NextMatch())
        {
            last = Number(match.Groups[1].ValueSpan) ?? last;
        }

        return last;
    }

    private static int? Number(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Linear in the file's length whatever it holds.
    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
