using System.Runtime.InteropServices;
using HarfBuzzSharp;

namespace TongBan.Host.Papers.Pdf;

/// <summary>A glyph where its script wants it, in font units.</summary>
/// <param name="Glyph">Its number in the font.</param>
/// <param name="Advance">How far the next glyph is.</param>
/// <param name="Right">How far it is moved to the right of where it would stand.</param>
/// <param name="Up">How far it is moved up.</param>
/// <param name="Text">What it stands for; null where another glyph stands for the same characters.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ShapedGlyph(int Glyph, int Advance, int Right, int Up, string? Text);

/// <summary>
/// Places the glyphs of scripts whose letters join, stack or run from the right, such as Uyghur, Tibetan and Mongolian; by HarfBuzz,
/// since each script has rules of its own (OpenType 1.9, "Script-specific development").
/// </summary>
internal sealed class GlyphShaper : IDisposable
{
    private readonly Lock _lock = new();

    // HarfBuzz reads the file where it lies, as long as the font is there: it must not move and not go.
    private readonly byte[] _file;
    private readonly Font _font;

    internal GlyphShaper(ReadOnlyMemory<byte> file)
    {
        _file = GC.AllocateUninitializedArray<byte>(file.Length, pinned: true);
        file.CopyTo(_file);
        using var blob = new Blob(Marshal.UnsafeAddrOfPinnedArrayElement(_file, 0), _file.Length, MemoryMode.ReadOnly);
        using var face = new Face(blob, 0);
        _font = new Font(face);
        _font.SetScale(face.UnitsPerEm, face.UnitsPerEm);
    }

    public void Dispose() => _font.Dispose();

    /// <summary>The glyphs of a text of one script, from left to right as they are drawn.</summary>
    internal IReadOnlyList<ShapedGlyph> Shape(string text)
    {
        using var buffer = new HarfBuzzSharp.Buffer();
        buffer.AddUtf16(text);
        buffer.GuessSegmentProperties();
        lock (_lock)
            _font.Shape(buffer);
        var starts = buffer.GlyphInfos.Select(glyph => (int)glyph.Cluster).Append(text.Length).Distinct().Order().ToList();
        var told = new HashSet<int>();
        return
        [
            .. from glyph in buffer.GlyphInfos.Zip(buffer.GlyphPositions)
               let start = (int)glyph.First.Cluster
               // Of the glyphs that one cluster of characters became, the first that takes room stands for it; marks stand for nothing.
               let stands = glyph.Second.XAdvance > 0 && told.Add(start)
               select new ShapedGlyph(
                   (int)glyph.First.Codepoint, glyph.Second.XAdvance, glyph.Second.XOffset, glyph.Second.YOffset,
                   stands ? text[start..starts[starts.IndexOf(start) + 1]] : null),
        ];
    }
}
