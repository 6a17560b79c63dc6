using System.Buffers.Binary;
using System.Text;

namespace TongBan.Host.Papers.Pdf;

/// <summary>
/// The glyphs of a font that a document uses, numbered anew in the order of their first use, so that a paper carries some
/// dozen outlines and not thirty thousand.
/// </summary>
internal sealed class FontSubset
{
    private const int MoreComponents = 0x0020;
    private const int HeaderLength = 12;
    private const int RecordLength = 16;

    private static readonly Rune Missing = new('〓');

    private readonly TrueTypeFont _font;
    // Two characters may share a glyph, as the dots of names do; each has a number of its own, so that each is found and copied as what it is.
    private readonly Dictionary<(int Glyph, string? Text), int> _numbers = [];
    private readonly List<int> _glyphs = [];
    private readonly List<string?> _texts = [];

    internal FontSubset(TrueTypeFont font)
    {
        _font = font;
        _ = NumberOf(0, null);
    }

    /// <summary>The glyphs used, as numbered in the font.</summary>
    internal IReadOnlyList<int> Glyphs => _glyphs;

    /// <summary>What each glyph used stands for, for searching and copying; null for parts of others.</summary>
    internal IReadOnlyList<string?> Texts => _texts;

    /// <summary>The number of a character's glyph in the subset; one that the font lacks shows as 〓, the printers' mark for it.</summary>
    internal int NumberOf(Rune character) =>
        _font.GlyphOf(character) is var glyph and not 0 ? NumberOf(glyph, character.ToString()) : NumberOf(_font.GlyphOf(Missing), Missing.ToString());

    /// <summary>The subset as a font file with the tables that a PDF asks for (ISO 32000-1, 9.9).</summary>
    internal byte[] ToFile()
    {
        var outlines = new MemoryStream();
        var locations = new List<int>();
        for (var number = 0; number < _glyphs.Count; number++)
        {
            // The list grows while composite glyphs name their parts.
            locations.Add((int)outlines.Position);
            outlines.Write(Renumbered(_font.OutlineOf(_glyphs[number])));
            outlines.Write(new byte[(4 - (outlines.Position % 4)) % 4]);
        }

        locations.Add((int)outlines.Position);
        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["glyf"] = outlines.ToArray(),
            ["loca"] = Bytes(locations.Count * 4, (bytes, at) => BinaryPrimitives.WriteInt32BigEndian(bytes[(at * 4)..], locations[at]), locations.Count),
            ["hmtx"] = Bytes(_glyphs.Count * 4, WriteMetric, _glyphs.Count),
            ["head"] = Changed("head", bytes => BinaryPrimitives.WriteInt16BigEndian(bytes[50..], 1)),
            ["hhea"] = Changed("hhea", bytes => BinaryPrimitives.WriteUInt16BigEndian(bytes[34..], (ushort)_glyphs.Count)),
            ["maxp"] = Changed("maxp", bytes => BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)_glyphs.Count)),
        };
        foreach (var tag in new[] { "cvt ", "fpgm", "prep" })
        {
            if (_font.TableOrNone(tag) is { } table)
            {
                tables[tag] = table.ToArray();
            }
        }

        return Assemble(tables);
    }

    /// <summary>The number of a glyph that stands for some text, or for none of its own.</summary>
    internal int NumberOf(int glyph, string? text)
    {
        if (!_numbers.TryGetValue((glyph, text), out var number))
        {
            number = _glyphs.Count;
            _numbers[(glyph, text)] = number;
            _glyphs.Add(glyph);
            _texts.Add(text);
        }

        return number;
    }

    /// <summary>A composite glyph names its parts by number: they join the subset and are named by their new numbers.</summary>
    private byte[] Renumbered(ReadOnlySpan<byte> outline)
    {
        var bytes = outline.ToArray();
        if (bytes.Length == 0 || TrueTypeFont.Int16(bytes, 0) >= 0)
        {
            return bytes;
        }

        int flags;
        var at = 10;
        do
        {
            flags = TrueTypeFont.UInt16(bytes, at);
            var part = NumberOf(TrueTypeFont.UInt16(bytes, at + 2), null);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at + 2), (ushort)part);
            at += 4 + ((flags & 0x0001) != 0 ? 4 : 2) + ((flags & 0x0008) != 0 ? 2 : (flags & 0x0040) != 0 ? 4 : (flags & 0x0080) != 0 ? 8 : 0);
        }
        while ((flags & MoreComponents) != 0);
        return bytes;
    }

    private void WriteMetric(Span<byte> bytes, int number)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes[(number * 4)..], (ushort)_font.WidthOf(_glyphs[number]));
        BinaryPrimitives.WriteInt16BigEndian(bytes[((number * 4) + 2)..], (short)_font.BearingOf(_glyphs[number]));
    }

    private delegate void Change(Span<byte> bytes);

    private delegate void WriteAt(Span<byte> bytes, int index);

    private byte[] Changed(string tag, Change change)
    {
        var bytes = _font.Table(tag).ToArray();
        change(bytes);
        return bytes;
    }

    private static byte[] Bytes(int length, WriteAt write, int count)
    {
        var bytes = new byte[length];
        for (var index = 0; index < count; index++)
        {
            write(bytes, index);
        }

        return bytes;
    }

    /// <summary>The table directory and the tables, each on a multiple of four bytes (OpenType 1.9, "Organization of an OpenType Font").</summary>
    private static byte[] Assemble(SortedDictionary<string, byte[]> tables)
    {
        var file = new MemoryStream();
        var directory = new byte[HeaderLength + (tables.Count * RecordLength)];
        var power = 1 << (int)Math.Log2(tables.Count);
        BinaryPrimitives.WriteUInt32BigEndian(directory, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(directory.AsSpan(4), (ushort)tables.Count);
        BinaryPrimitives.WriteUInt16BigEndian(directory.AsSpan(6), (ushort)(power * RecordLength));
        BinaryPrimitives.WriteUInt16BigEndian(directory.AsSpan(8), (ushort)Math.Log2(power));
        BinaryPrimitives.WriteUInt16BigEndian(directory.AsSpan(10), (ushort)((tables.Count - power) * RecordLength));
        file.Write(directory);
        var record = HeaderLength;
        foreach (var (tag, table) in tables)
        {
            Encoding.ASCII.GetBytes(tag, directory.AsSpan(record));
            BinaryPrimitives.WriteUInt32BigEndian(directory.AsSpan(record + 4), Checksum(table));
            BinaryPrimitives.WriteInt32BigEndian(directory.AsSpan(record + 8), (int)file.Position);
            BinaryPrimitives.WriteInt32BigEndian(directory.AsSpan(record + 12), table.Length);
            file.Write(table);
            file.Write(new byte[(4 - (table.Length % 4)) % 4]);
            record += RecordLength;
        }

        file.Position = 0;
        file.Write(directory);
        return file.ToArray();
    }

    private static uint Checksum(byte[] table)
    {
        var sum = 0u;
        for (var at = 0; at < table.Length; at++)
        {
            sum += (uint)table[at] << (24 - (8 * (at % 4)));
        }

        return sum;
    }
}
