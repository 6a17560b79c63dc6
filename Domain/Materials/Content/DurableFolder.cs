using System.Runtime.InteropServices;
using System.Text;

namespace TongBan.Domain.Materials.Content;

/// <summary>Makes the names in a folder survive a power failure; .NET can flush files only.</summary>
internal static class DurableFolder
{
    /// <summary>Flushes the folder's entries. Windows writes them with the file; there it does nothing.</summary>
    /// <exception cref="IOException">The folder cannot be flushed.</exception>
    internal static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, 0);
        if (descriptor < 0)
        {
            throw new IOException($"Cannot open the folder {folder} to flush it (errno {Marshal.GetLastPInvokeError()}).");
        }

        var flushed = FSync(descriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (flushed != 0)
        {
            throw new IOException($"Cannot flush the folder {folder} (errno {error}).");
        }
    }

    private static int Open(string path, int flags) => Open(Encoding.UTF8.GetBytes(path + '\0'), flags);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int FSync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
