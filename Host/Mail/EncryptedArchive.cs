using System.Text;
using ICSharpCode.SharpZipLib.Zip;
using TongBan.Domain.Materials.Content;

namespace TongBan.Host.Mail;

/// <summary>Files in a ZIP encrypted with AES-256 (WinZip's AE-2), which 7-Zip and others open. https://www.winzip.com/en/support/aes-encryption/</summary>
internal static class EncryptedArchive
{
    private const int KeyBits = 256;

    /// <summary>Names in a ZIP are readable without the password, so files are numbered; this one, encrypted too, says which is which.</summary>
    public const string Contents = "清单.txt";

    /// <summary>Packs the files in their order.</summary>
    public static async Task<byte[]> PackAsync(IContentStore contents, IReadOnlyList<MailAttachment> files, string password, CancellationToken cancellationToken)
    {
        using var archive = new MemoryStream();
        await using (var zip = new ZipOutputStream(archive, StringCodec.FromEncoding(Encoding.UTF8)) { Password = password, IsStreamOwner = false })
        {
            var lines = files.Select((file, index) => $"{NameOf(index, file)}  {file.Name}");
            await AddAsync(zip, Contents, new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\r\n", lines))), cancellationToken);
            foreach (var (index, file) in files.Index())
            {
                await using var stream = await contents.OpenAsync(file.Sha256, cancellationToken)
                    ?? throw new InvalidOperationException($"The content {file.Sha256} of {file.Name} is not in the store.");
                await AddAsync(zip, NameOf(index, file), stream, cancellationToken);
            }
        }

        return archive.ToArray();
    }

    private static string NameOf(int index, MailAttachment file) => $"{index + 1:00}{Path.GetExtension(file.Name)}";

    private static async Task AddAsync(ZipOutputStream zip, string name, Stream content, CancellationToken cancellationToken)
    {
        zip.PutNextEntry(new ZipEntry(name) { AESKeySize = KeyBits, IsUnicodeText = true });
        await content.CopyToAsync(zip, cancellationToken);
        zip.CloseEntry();
    }
}
