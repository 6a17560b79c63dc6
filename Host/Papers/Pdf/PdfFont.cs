using System.Globalization;
using System.Text;

namespace TongBan.Host.Papers.Pdf;

/// <summary>A font in one document: measures text, and remembers which glyphs were written.</summary>
/// <param name="key">The name by which pages select it.</param>
/// <param name="name">The font's PostScript name.</param>
/// <param name="font">The font file.</param>
/// <param name="shapes">Whether its glyphs are placed by the rules of their script, and not one after the other.</param>
internal sealed class PdfFont(string key, string name, TrueTypeFont font, bool shapes = false)
{
    private const int ThousandthsOfEm = 1000;

    private readonly FontSubset _subset = new(font);
    private readonly List<Rune> _missing = [];

    /// <summary>The name by which pages select it.</summary>
    internal string Key => key;

    /// <summary>Whether anything was written in it.</summary>
    internal bool IsUsed => _subset.Glyphs.Count > 1;

    /// <summary>What was written though the font lacks it, each once.</summary>
    internal IReadOnlyList<Rune> Missing => _missing;

    /// <summary>Whether it has every character of a text that is seen.</summary>
    internal bool Has(string text)
    {
        foreach (var character in text.EnumerateRunes())
        {
            if (font.GlyphOf(character) == 0 && !FontRuns.IsUnseen(character))
                return false;
        }

        return true;
    }

    /// <summary>The name that a font gets in a document, from its file's: letters, digits and hyphens.</summary>
    internal static string NameOf(string file) => string.Concat(Path.GetFileNameWithoutExtension(file).Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));

    /// <summary>How wide a text is, in points.</summary>
    internal double Measure(string text, double size)
    {
        var units = shapes
            ? font.Shaper.Shape(text).Sum(glyph => (long)glyph.Advance)
            : Seen(text).Sum(character => (long)font.WidthOf(font.GlyphOf(character)));
        return units * size / font.UnitsPerEm;
    }

    /// <summary>Writes a text on a page with its baseline at <paramref name="y"/>.</summary>
    internal void Write(PdfPage page, string text, double size, double x, double y, double grey)
    {
        if (!shapes)
        {
            page.Text(Encode(text), key, size, x, y, grey);
            return;
        }

        var glyphs = new List<(string Glyph, double X, double Y)>();
        foreach (var glyph in font.Shaper.Shape(text))
        {
            glyphs.Add((Hex(_subset.NumberOf(glyph.Glyph, glyph.Text)), x + Points(glyph.Right), y - Points(glyph.Up)));
            x += Points(glyph.Advance);
        }

        page.Glyphs(glyphs, key, size, grey);

        double Points(int units) => units * size / font.UnitsPerEm;
    }

    /// <summary>A text as the hexadecimal string of its glyphs.</summary>
    private string Encode(string text)
    {
        var glyphs = new StringBuilder(text.Length * 4);
        foreach (var character in Seen(text))
        {
            if (font.GlyphOf(character) == 0 && !_missing.Contains(character))
                _missing.Add(character);
            glyphs.Append(Hex(_subset.NumberOf(character)));
        }

        return glyphs.ToString();
    }

    /// <summary>The characters to draw: one that is not seen needs no mark where the font lacks it.</summary>
    private IEnumerable<Rune> Seen(string text) => text.EnumerateRunes().Where(character => font.GlyphOf(character) != 0 || !FontRuns.IsUnseen(character));

    private static string Hex(int glyph) => glyph.ToString("X4", CultureInfo.InvariantCulture);

    /// <summary>Writes the font's objects; returns the number of the one that pages refer to.</summary>
    internal int WriteTo(PdfObjects objects)
    {
        // Building the file adds the parts of composite glyphs, so it comes before the widths.
        var file = _subset.ToFile();
        var tagged = $"{PdfObjects.Tag(file)}+{name}";
        var fontFile = objects.AddStream(file, $"/Length1 {file.Length}");
        var descriptor = objects.Add(
            $"<</Type/FontDescriptor/FontName/{tagged}/Flags 4/FontBBox[{string.Join(' ', font.Box.Select(Scaled))}]/ItalicAngle 0" +
            $"/Ascent {Scaled(font.Ascent)}/Descent {Scaled(font.Descent)}/CapHeight {Scaled(font.Ascent)}/StemV 80/FontFile2 {fontFile} 0 R>>");
        var widths = string.Join(' ', _subset.Glyphs.Select(glyph => Scaled(font.WidthOf(glyph))));
        var descendant = objects.Add(
            $"<</Type/Font/Subtype/CIDFontType2/BaseFont/{tagged}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>" +
            $"/FontDescriptor {descriptor} 0 R/DW 1000/W[0[{widths}]]/CIDToGIDMap/Identity>>");
        var toUnicode = objects.AddStream(Encoding.ASCII.GetBytes(ToUnicode()));
        return objects.Add(
            $"<</Type/Font/Subtype/Type0/BaseFont/{tagged}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]/ToUnicode {toUnicode} 0 R>>");
    }

    private int Scaled(int units) => (int)Math.Round((double)units * ThousandthsOfEm / font.UnitsPerEm);

    /// <summary>Which characters a glyph stands for, so that text can be searched and copied (ISO 32000-1, 9.10.3).</summary>
    private string ToUnicode()
    {
        const int mostPerBlock = 100;
        var map = new StringBuilder(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def " +
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
        var known = _subset.Texts.Select((text, number) => (Text: text!, number)).Where(entry => entry.Text is not null);
        foreach (var block in known.Chunk(mostPerBlock))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (text, number) in block)
            {
                map.Append(CultureInfo.InvariantCulture, $"<{number:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap CMapName currentdict /CMap defineresource pop end end").ToString();
    }
}
