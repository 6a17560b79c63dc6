using System.Globalization;
using System.Text;

namespace TongBan.Host.Papers.Pdf;

/// <summary>A font in one document: measures text, and remembers which glyphs were written.</summary>
/// <param name="name">The font's PostScript name.</param>
/// <param name="font">The font file.</param>
internal sealed class PdfFont(string name, TrueTypeFont font)
{
    private const int ThousandthsOfEm = 1000;

    private readonly FontSubset _subset = new(font);

    /// <summary>How wide a text is, in points.</summary>
    internal double Measure(string text, double size)
    {
        var units = 0L;
        foreach (var character in text.EnumerateRunes())
        {
            units += font.WidthOf(font.GlyphOf(character));
        }

        return units * size / font.UnitsPerEm;
    }

    /// <summary>A text as the hexadecimal string of its glyphs.</summary>
    internal string Encode(string text)
    {
        var glyphs = new StringBuilder(text.Length * 4);
        foreach (var character in text.EnumerateRunes())
        {
            glyphs.Append(CultureInfo.InvariantCulture, $"{_subset.NumberOf(character):X4}");
        }

        return glyphs.ToString();
    }

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

    /// <summary>Which character a glyph stands for, so that text can be searched and copied (ISO 32000-1, 9.10.3).</summary>
    private string ToUnicode()
    {
        const int mostPerBlock = 100;
        var map = new StringBuilder(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def " +
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n");
        var known = _subset.Characters.Select((character, number) => (character, number)).Where(entry => entry.character is not null)
            .Select(entry => (Text: $"{entry.character}", entry.number));
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
