using System.Buffers.Binary;
using System.Text;

namespace TongBan.Host.Papers.Pdf;

/// <summary>A TrueType font as far as a PDF needs it: glyphs of characters, their widths and outlines (OpenType 1.9).</summary>
internal sealed class TrueTypeFont
{
    private const int TableRecordLength = 16;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _tables = new(StringComparer.Ordinal);
    private readonly int _longMetrics;
    private readonly bool _longLocations;
    private readonly CharacterMap _characters;
    private readonly Lazy<GlyphShaper> _shaper;

    /// <exception cref="InvalidDataException">The file is no TrueType font, or lacks a table.</exception>
    internal TrueTypeFont(ReadOnlyMemory<byte> file)
    {
        var header = file.Span;
        if (header.Length < 12 || BinaryPrimitives.ReadUInt32BigEndian(header) != 0x00010000)
        {
            throw new InvalidDataException("The font is not a TrueType font.");
        }

        for (var index = 0; index < UInt16(header, 4); index++)
        {
            var record = header.Slice(12 + (index * TableRecordLength), TableRecordLength);
            _tables[Encoding.ASCII.GetString(record[..4])] =
                file.Slice(BinaryPrimitives.ReadInt32BigEndian(record[8..]), BinaryPrimitives.ReadInt32BigEndian(record[12..]));
        }

        var head = Table("head").Span;
        var hhea = Table("hhea").Span;
        UnitsPerEm = UInt16(head, 18);
        Box = [Int16(head, 36), Int16(head, 38), Int16(head, 40), Int16(head, 42)];
        (Ascent, Descent) = (Int16(hhea, 4), Int16(hhea, 6));
        _longMetrics = UInt16(hhea, 34);
        _longLocations = Int16(head, 50) == 1;
        GlyphCount = UInt16(Table("maxp").Span, 4);
        _characters = new CharacterMap(Table("cmap"));
        _shaper = new(() => new GlyphShaper(file));
    }

    internal int UnitsPerEm { get; }

    internal int Ascent { get; }

    internal int Descent { get; }

    internal int GlyphCount { get; }

    /// <summary>Left, bottom, right and top of all glyphs, in font units.</summary>
    internal IReadOnlyList<int> Box { get; }

    /// <summary>The glyph of a character; 0, a box, when the font has none.</summary>
    internal int GlyphOf(Rune character) => _characters.GlyphOf(character.Value);

    /// <summary>What places this font's glyphs by the rules of their script.</summary>
    internal GlyphShaper Shaper => _shaper.Value;

    /// <summary>How far a glyph advances, in font units.</summary>
    internal int WidthOf(int glyph) => UInt16(Table("hmtx").Span, Math.Min(glyph, _longMetrics - 1) * 4);

    /// <summary>The space left of a glyph's outline, in font units.</summary>
    internal int BearingOf(int glyph) => glyph < _longMetrics
        ? Int16(Table("hmtx").Span, (glyph * 4) + 2)
        : Int16(Table("hmtx").Span, (_longMetrics * 4) + ((glyph - _longMetrics) * 2));

    /// <summary>The outline of a glyph as the file has it; empty for a space.</summary>
    internal ReadOnlySpan<byte> OutlineOf(int glyph)
    {
        var (from, to) = (Location(glyph), Location(glyph + 1));
        return Table("glyf").Span[from..to];
    }

    /// <summary>A table of the font.</summary>
    internal ReadOnlyMemory<byte> Table(string tag) =>
        _tables.TryGetValue(tag, out var table) ? table : throw new InvalidDataException($"The font has no table {tag}.");

    /// <summary>A table of the font that may be missing.</summary>
    internal ReadOnlyMemory<byte>? TableOrNone(string tag) => _tables.TryGetValue(tag, out var table) ? table : null;

    internal static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    internal static short Int16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt16BigEndian(bytes[at..]);

    private int Location(int glyph) => _longLocations
        ? BinaryPrimitives.ReadInt32BigEndian(Table("loca").Span[(glyph * 4)..])
        : UInt16(Table("loca").Span, glyph * 2) * 2;
}
