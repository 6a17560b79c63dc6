using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace TongBan.Host.Papers.Pdf;

/// <summary>The numbered objects of a PDF file, written one after the other (ISO 32000-1, 7.5).</summary>
internal sealed class PdfObjects : IDisposable
{
    private readonly ArrayBufferWriter<byte> _file = new();
    private readonly List<int> _offsets = [];

    internal PdfObjects() => Write("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");

    public void Dispose() => _file.Dispose();

    /// <summary>The number of an object that is written later but referred to now.</summary>
    internal int Reserve()
    {
        _offsets.Add(0);
        return _offsets.Count;
    }

    /// <summary>Writes an object and returns its number.</summary>
    internal int Add(string value)
    {
        var number = Reserve();
        Put(number, value);
        return number;
    }

    /// <summary>Writes a reserved object.</summary>
    internal void Put(int number, string value)
    {
        _offsets[number - 1] = _file.WrittenCount;
        Write(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n{value}\nendobj\n"));
    }

    /// <summary>Writes a stream, compressed, and returns its number.</summary>
    internal int AddStream(byte[] content, string entries = "")
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(content);
        }

        var number = Reserve();
        _offsets[number - 1] = _file.WrittenCount;
        Write(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n<</Filter/FlateDecode/Length {packed.Length}{entries}>>\nstream\n"));
        _file.Write(packed.GetBuffer().AsSpan(0, (int)packed.Length));
        Write("\nendstream\nendobj\n");
        return number;
    }

    /// <summary>Ends the file. Its identifier is the hash of its content, so that the same content gives the same file.</summary>
    internal byte[] Finish(int catalogue, int information)
    {
        var identifier = Convert.ToHexString(SHA256.HashData(_file.WrittenSpan).AsSpan(0, 16));
        var start = _file.WrittenCount;
        var table = new StringBuilder();
        table.Append(CultureInfo.InvariantCulture, $"xref\n0 {_offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in _offsets)
        {
            table.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        }

        table.Append(
            CultureInfo.InvariantCulture,
            $"trailer\n<</Size {_offsets.Count + 1}/Root {catalogue} 0 R/Info {information} 0 R/ID[<{identifier}><{identifier}>]>>\nstartxref\n{start}\n%%EOF\n");
        Write(table.ToString());
        return _file.WrittenSpan.ToArray();
    }

    /// <summary>A text string in UTF-16, as titles are written.</summary>
    internal static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    /// <summary>Six capital letters from a content's hash; a subset font's name begins with them (9.6.4).</summary>
    internal static string Tag(byte[] content) => string.Concat(SHA256.HashData(content).Take(6).Select(value => (char)('A' + (value % 26))));

    private void Write(string text) => _file.Write(Encoding.Latin1.GetBytes(text));
}
