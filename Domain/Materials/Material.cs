namespace TongBan.Domain.Materials;

/// <summary>A file that was handed in for one entry of the item's checklist.</summary>
/// <param name="RequirementCode">The code of the checklist entry.</param>
/// <param name="Sha256">The content's hash, lower-case hex; the bytes are stored under it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Pages">Pages, where the format tells.</param>
/// <param name="Origin">How it came.</param>
public sealed record Material(
    Guid Id, string CaseNumber, string RequirementCode, string FileName, string MediaType, string Sha256, long Size, int? Pages,
    DateTimeOffset UploadedAt, string UploadedBy, MaterialOrigin Origin = MaterialOrigin.File);

/// <summary>How a material came.</summary>
public enum MaterialOrigin
{
    /// <summary>As a file: scanned, photographed or sent.</summary>
    File,

    /// <summary>原件核验: the clerk saw the original; the file is the note of it.</summary>
    Sighted,

    /// <summary>电子证照复用: a licence that the applicant handed in before.</summary>
    Reused,
}

/// <summary>A licence of an earlier case that may be used again.</summary>
/// <param name="RequirementCode">The entry of the present case's checklist that it serves.</param>
/// <param name="Id">The material that it is.</param>
/// <param name="CaseNumber">The earlier case.</param>
public sealed record ReusableLicence(string RequirementCode, Guid Id, string CaseNumber, string FileName, DateTime UploadedAt);
