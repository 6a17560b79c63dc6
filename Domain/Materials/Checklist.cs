using TongBan.Domain.Catalogue;

namespace TongBan.Domain.Materials;

/// <summary>The item's list of materials held against what was handed in.</summary>
public static class Checklist
{
    /// <summary>The names of required entries for which nothing was handed in.</summary>
    public static IReadOnlyList<string> Missing(ServiceItem item, IEnumerable<Material> materials)
    {
        var there = materials.Select(m => m.RequirementCode).ToHashSet(StringComparer.Ordinal);
        return item.Materials.Where(r => r.Required && !there.Contains(r.Code)).Select(r => r.Name).ToList();
    }

    /// <summary>
    /// The names of what an open request asks for and nothing newer was handed in for. Plain words in a request
    /// name no entry of the list; whether they are met is the clerk's to see.
    /// </summary>
    public static IReadOnlyList<string> Missing(ServiceItem item, IEnumerable<Material> materials, Supplement request)
    {
        var since = materials.Where(m => m.UploadedAt >= request.RequestedAt).Select(m => m.RequirementCode).ToHashSet(StringComparer.Ordinal);
        return item.Materials.Where(r => Asks(request, r) && !since.Contains(r.Code)).Select(r => r.Name).ToList();
    }

    /// <summary>What is asked for, in words: an entry's name where a code was given.</summary>
    public static IEnumerable<string> Words(ServiceItem item, IEnumerable<string> missing) =>
        missing.Select(m => item.Materials.FirstOrDefault(r => r.Code == m)?.Name ?? m);

    /// <summary>What was handed in, in the order of the list, as a receipt names it: how it came, and its pages where the format tells.</summary>
    public static IReadOnlyList<string> Received(ServiceItem item, IEnumerable<Material> materials)
    {
        var handedIn = materials.ToLookup(m => m.RequirementCode, StringComparer.Ordinal);
        return [.. from entry in item.Materials
                   let newest = handedIn[entry.Code].LastOrDefault()
                   where newest is not null
                   select entry.Name + How(newest)];
    }

    private static string How(Material material) => material switch
    {
        { Origin: MaterialOrigin.Sighted } => "（原件已核验）",
        { Origin: MaterialOrigin.Reused } => "（复用电子证照）",
        { Pages: { } pages } => $"（{pages}页）",
        _ => "",
    };

    private static bool Asks(Supplement request, MaterialRequirement entry) =>
        request.Missing.Contains(entry.Code, StringComparer.Ordinal) || request.Missing.Contains(entry.Name, StringComparer.Ordinal);
}
