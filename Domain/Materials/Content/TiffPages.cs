using System.Buffers.Binary;

namespace TongBan.Domain.Materials.Content;

/// <summary>Counts the pages of a TIFF: the directories in its chain (TIFF 6.0, section 2).</summary>
internal static class TiffPages
{
    private const int HeaderLength = 8;
    private const int DirectoryEntryLength = 12;
    private const int MostPages = 10_000;

    /// <summary>The number of pages; null for BigTIFF and for a chain that is broken or goes in circles.</summary>
    internal static int? Count(ReadOnlySpan<byte> file)
    {
        var littleEndian = file[0] == (byte)'I';
        if (file.Length < HeaderLength || ReadUInt16(file, 2, littleEndian) != 42)
        {
            return null;
        }

        var pages = 0;
        for (long at = ReadUInt32(file, 4, littleEndian); at != 0; pages++)
        {
            if (at + 2 > file.Length || pages == MostPages)
            {
                return null;
            }

            var next = at + 2 + (ReadUInt16(file, at, littleEndian) * DirectoryEntryLength);
            if (next + 4 > file.Length)
            {
                return null;
            }

            at = ReadUInt32(file, next, littleEndian);
        }

        return pages == 0 ? null : pages;
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> file, long at, bool littleEndian) => littleEndian
        ? BinaryPrimitives.ReadUInt16LittleEndian(file[(int)at..])
        : BinaryPrimitives.ReadUInt16BigEndian(file[(int)at..]);

    private static uint ReadUInt32(ReadOnlySpan<byte> file, long at, bool littleEndian) => littleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(file[(int)at..])
        : BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]);
}
