using System.Buffers.Binary;

namespace TongBan.Host.Papers.Pdf;

/// <summary>The cmap table of a font: its Unicode subtable of format 12, or else of format 4.</summary>
internal sealed class CharacterMap
{
    private const int AllOfUnicode = 12;
    private const int BasicPlane = 4;

    private readonly ReadOnlyMemory<byte> _table;
    private readonly int _format;

    internal CharacterMap(ReadOnlyMemory<byte> cmap)
    {
        for (var index = 0; index < TrueTypeFont.UInt16(cmap.Span, 2); index++)
        {
            var subtable = cmap[BinaryPrimitives.ReadInt32BigEndian(cmap.Span[(4 + (index * 8) + 4)..])..];
            var format = TrueTypeFont.UInt16(subtable.Span, 0);
            if (format is AllOfUnicode || (format is BasicPlane && _format != AllOfUnicode))
            {
                (_table, _format) = (subtable, format);
            }
        }

        if (_format == 0)
        {
            throw new InvalidDataException("The font maps no Unicode characters.");
        }
    }

    internal int GlyphOf(int character) => _format == AllOfUnicode ? InGroups(character) : character <= 0xFFFF ? InSegments(character) : 0;

    /// <summary>Format 12: groups of first character, last character and first glyph, in order.</summary>
    private int InGroups(int character)
    {
        var table = _table.Span;
        var (low, high) = (0, BinaryPrimitives.ReadInt32BigEndian(table[12..]) - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var group = table.Slice(16 + (middle * 12), 12);
            var (first, last) = (BinaryPrimitives.ReadInt32BigEndian(group), BinaryPrimitives.ReadInt32BigEndian(group[4..]));
            if (character >= first && character <= last)
            {
                return BinaryPrimitives.ReadInt32BigEndian(group[8..]) + character - first;
            }

            (low, high) = character < first ? (low, middle - 1) : (middle + 1, high);
        }

        return 0;
    }

    /// <summary>Format 4: four parallel arrays of last character, first character, delta and offset.</summary>
    private int InSegments(int character)
    {
        var table = _table.Span;
        var doubled = (int)TrueTypeFont.UInt16(table, 6);
        for (var at = 0; at < doubled; at += 2)
        {
            if (character > TrueTypeFont.UInt16(table, 14 + at))
            {
                continue;
            }

            var first = TrueTypeFont.UInt16(table, 16 + doubled + at);
            var delta = TrueTypeFont.UInt16(table, 16 + (2 * doubled) + at);
            var offsetAt = 16 + (3 * doubled) + at;
            var offset = TrueTypeFont.UInt16(table, offsetAt);
            if (character < first)
            {
                return 0;
            }

            var glyph = offset == 0 ? character : TrueTypeFont.UInt16(table, offsetAt + offset + ((character - first) * 2));
            return glyph == 0 ? 0 : (glyph + delta) & 0xFFFF;
        }

        return 0;
    }
}
