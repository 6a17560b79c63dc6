using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace TongBan.Domain.Materials.Content;

/// <summary>Tells an OFD document (GB/T 33190-2016) from other zip files and counts its pages.</summary>
internal static class OfdPages
{
    private const int LongestXml = 4 * 1024 * 1024;

    internal static bool IsOfd(ReadOnlyMemory<byte> file, out int? pages)
    {
        pages = null;
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file.ToArray(), writable: false), ZipArchiveMode.Read);
            if (zip.GetEntry("OFD.xml") is not { } root)
            {
                return false;
            }

            var documents = Read(root).Descendants().Where(element => element.Name.LocalName == "DocRoot").Select(element => element.Value.Trim());
            pages = documents.Sum(path => CountPages(zip, path));
            pages = pages == 0 ? null : pages;
            return true;
        }
        catch (InvalidDataException)
        {
            // A damaged zip file.
            return false;
        }
        catch (XmlException)
        {
            // Named like an OFD, with something else inside.
            return false;
        }
    }

    private static int CountPages(ZipArchive zip, string path) => zip.GetEntry(path.TrimStart('/')) is { } entry
        ? Read(entry).Descendants().Where(element => element.Name.LocalName == "Pages").Elements().Count(element => element.Name.LocalName == "Page")
        : 0;

    private static XDocument Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var reader = XmlReader.Create(stream, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = LongestXml,
        });
        return XDocument.Load(reader);
    }
}
