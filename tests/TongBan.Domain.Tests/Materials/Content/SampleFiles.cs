using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace TongBan.Domain.Tests.Materials.Content;

/// <summary>Small files made by hand, each of a true kind.</summary>
internal static class SampleFiles
{
    internal static readonly byte[] Png = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8];
    internal static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8];

    /// <summary>A PDF with plain objects.</summary>
    internal static byte[] Pdf(int pages, string after = "") => Encoding.Latin1.GetBytes(
        $"""
        %PDF-1.4
        1 0 obj
        << /Type /Catalog /Pages 2 0 R >>
        endobj
        2 0 obj
        << /Type /Pages /Kids [ {string.Concat(Enumerable.Range(3, pages).Select(number => $"{number} 0 R "))}] /Count {pages} >>
        endobj
        trailer << /Root 1 0 R /Size {pages + 3} >>
        startxref
        0
        %%EOF
        {after}
        """);

    /// <summary>A PDF whose catalogue and page tree are packed in an object stream, as PDF 1.5 and later write them.</summary>
    internal static byte[] PackedPdf(int pages)
    {
        var catalogue = "<</Type/Catalog/Pages 2 0 R>> ";
        var tree = $"<</Type/Pages/Kids[3 0 R]/Count {pages}>>";
        var index = $"1 0 2 {catalogue.Length} ";
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(Encoding.Latin1.GetBytes(index + catalogue + tree));
        }

        return
        [
            .. Encoding.Latin1.GetBytes(
                $"%PDF-1.7\n9 0 obj\n<</Type/ObjStm/N 2/First {index.Length}/Filter/FlateDecode/Length {packed.Length}>>stream\r\n"),
            .. packed.ToArray(),
            .. "\nendstream\nendobj\n10 0 obj\n<</Type/XRef/Root 1 0 R/Size 11>>stream\n\nendstream\nendobj\nstartxref\n0\n%%EOF"u8,
        ];
    }

    internal static byte[] Tiff(int pages, bool littleEndian)
    {
        var file = new byte[8 + (pages * 6)];
        (littleEndian ? "II"u8 : "MM"u8).CopyTo(file);
        Write16(2, 42);
        Write32(4, pages == 0 ? 0 : 8);
        for (var page = 0; page < pages; page++)
        {
            Write32(8 + (page * 6) + 2, page == pages - 1 ? 0 : 8 + ((page + 1) * 6));
        }

        return file;

        void Write16(int at, ushort value)
        {
            if (littleEndian)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);
            }
            else
            {
                BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(at), value);
            }
        }

        void Write32(int at, int value)
        {
            if (littleEndian)
            {
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
            }
            else
            {
                BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(at), value);
            }
        }
    }

    internal static byte[] Ofd(int pages) => Zip(
        ("OFD.xml", "<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"),
        ("Doc_0/Document.xml",
            $"<ofd:Document xmlns:ofd='http://www.ofdspec.org/2016'><ofd:Pages>{string.Concat(Enumerable.Repeat("<ofd:Page/>", pages))}</ofd:Pages></ofd:Document>"));

    internal static byte[] Zip(params (string Name, string Text)[] entries)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in entries)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return file.ToArray();
    }
}
