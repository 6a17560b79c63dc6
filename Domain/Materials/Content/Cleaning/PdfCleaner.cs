using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace TongBan.Domain.Materials.Content.Cleaning;

/// <summary>The PDF holds something that acts by itself, where it cannot be taken out without writing the file anew.</summary>
public sealed record PdfActive()
    : Refusal(RefusalKind.Invalid, "pdf_active", "PDF含有脚本、自动动作或内嵌文件，或已加密而无法检查。请用“打印为PDF”重新生成后上传。", "file");

/// <summary>
/// Takes what acts by itself out of a PDF (ISO 32000-1, 7.5.7, 12.6): scripts, actions on opening, programs to launch, forms that
/// send, files inside. A name in the open is overwritten in its own length, so that all offsets stay true, and means nothing any
/// more; one inside packed or encrypted objects cannot be, and the file is refused.
/// </summary>
internal static class PdfCleaner
{
    private const int LongestInflated = 64 * 1024 * 1024;

    private static readonly HashSet<string> Active = new(StringComparer.Ordinal)
    {
        "JavaScript", "JS", "OpenAction", "AA", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "SubmitForm", "ImportData", "XFA", "GoToE", "Rendition", "Movie", "Sound",
    };

    /// <summary>So short that packed pixels spell them by chance; their actions name one of the longer ones as well.</summary>
    private const int ByChance = 3;

    // A name: a slash and everything up to white space or a delimiter (7.3.5).
    private static readonly Regex Name = new(@"/[^\x00\t\n\f\r ()<>\[\]{}/%]{1,127}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private static readonly Regex StreamStart = new(@"\bstream\r?\n", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private static readonly Regex Packed = new(@"/ObjStm\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private static readonly Regex Encrypted = new(@"/Encrypt\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>The file without what acts; the very same bytes when nothing does.</summary>
    public static Result<ReadOnlyMemory<byte>> Clean(ReadOnlyMemory<byte> file)
    {
        var text = Encoding.Latin1.GetString(file.Span);
        var streams = Streams(text);
        if (Encrypted.IsMatch(text) || streams.Any(one => Packed.IsMatch(text.AsSpan(Math.Max(0, one.Start.Value - 600), Math.Min(600, one.Start.Value))) && IsActive(file[one])))
            return new PdfActive();

        byte[]? clean = null;
        foreach (var match in Name.EnumerateMatches(text))
        {
            var name = Plain(text.AsSpan(match.Index + 1, match.Length - 1));
            if (!Active.Contains(name))
                continue;
            var at = match.Index;
            if (streams.Exists(one => at >= one.Start.Value && at < one.End.Value))
            {
                if (name.Length > ByChance)
                    return new PdfActive();
                continue;
            }

            clean ??= file.ToArray();
            clean.AsSpan(match.Index + 1, match.Length - 1).Fill((byte)'X');
        }

        return clean is null ? file : (ReadOnlyMemory<byte>)clean;
    }

    private static List<Range> Streams(string text)
    {
        var streams = new List<Range>();
        for (var start = StreamStart.Match(text); start.Success;)
        {
            var from = start.Index + start.Length;
            var end = text.IndexOf("endstream", from, StringComparison.Ordinal);
            streams.Add(from..(end < 0 ? text.Length : end));
            if (end < 0)
                break;
            start = StreamStart.Match(text, end + "endstream".Length);
        }

        return streams;
    }

    /// <summary>Whether packed objects hold an active name; what cannot be unpacked cannot be said to hold none.</summary>
    private static bool IsActive(ReadOnlyMemory<byte> packed)
    {
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(packed.ToArray(), writable: false), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            var buffer = new byte[16384];
            int read;
            while ((read = zlib.Read(buffer)) > 0)
            {
                plain.Write(buffer, 0, read);
                if (plain.Length > LongestInflated)
                    return true;
            }

            var text = Encoding.Latin1.GetString(plain.GetBuffer(), 0, (int)plain.Length);
            foreach (var match in Name.EnumerateMatches(text))
            {
                if (Active.Contains(Plain(text.AsSpan(match.Index + 1, match.Length - 1))))
                    return true;
            }

            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    /// <summary>Any sign of a name may be written as <c>#</c> and two hex digits.</summary>
    private static string Plain(ReadOnlySpan<char> name)
    {
        if (!name.Contains('#'))
            return name.ToString();
        var plain = new StringBuilder(name.Length);
        for (var at = 0; at < name.Length; at++)
        {
            if (name[at] == '#' && at + 2 < name.Length && byte.TryParse(name.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var sign))
            {
                plain.Append((char)sign);
                at += 2;
            }
            else
            {
                plain.Append(name[at]);
            }
        }

        return plain.ToString();
    }
}
