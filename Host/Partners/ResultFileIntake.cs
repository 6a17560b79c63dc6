using TongBan.Domain;
using TongBan.Domain.Cases;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.Tasks;

namespace TongBan.Host.Partners;

/// <summary>
/// Result files come inside JSON, from the approval desk and from approval systems. They are looked into and kept before
/// anything is decided with them, so that no decision stands on a file that is not one.
/// </summary>
internal static class ResultFileIntake
{
    /// <summary>Takes a result file; refused when it is not Base64, or as any file that is handed in.</summary>
    public static async Task<Result<TakenFile>> TakeAsync(this MaterialIntake intake, ResultFile file, CancellationToken cancellationToken)
    {
        var bytes = new byte[(file.Base64.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(file.Base64, bytes, out var length)
            ? await intake.TakeAsync(new MemoryStream(bytes, 0, length), cancellationToken)
            : new FieldInvalid("base64", "文件内容不是有效的 Base64");
    }
}
