using System.Globalization;
using TongBan.Domain.Audit;
using TongBan.Host.Start;

namespace TongBan.Host.Audit;

/// <summary>
/// Notes of the chain's head outside of the database, a line for each check: who cuts off the trail's end, or writes a whole
/// new one, does not get past them. Copy the file where the database's owner has no access.
/// </summary>
internal sealed class AuditAnchors(HostSettings settings, TimeProvider time)
{
    private string PathOfFile => Path.Combine(settings.DataDirectory, "audit", "anchors");

    /// <summary>What was noted.</summary>
    public IReadOnlyList<AuditAnchor> Read() => !File.Exists(PathOfFile)
        ? []
        : [.. File.ReadLines(PathOfFile).Select(line => line.Split(' ')).Where(parts => parts.Length >= 2)
            .Select(parts => new AuditAnchor(long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]))];

    /// <summary>Notes the head.</summary>
    public void Add(AuditCheck check)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOfFile)!);
        File.AppendAllLines(PathOfFile, [string.Create(CultureInfo.InvariantCulture, $"{check.Head} {check.Hash} {time.GetUtcNow():O}")]);
    }
}
