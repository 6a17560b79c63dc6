namespace TongBan.Domain.Materials;

/// <summary>A file that was handed in for one entry of the item's checklist.</summary>
/// <param name="RequirementCode">The code of the checklist entry.</param>
/// <param name="Sha256">The content's hash, lower-case hex; the bytes are stored under it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Pages">Pages, where the format tells.</param>
public sealed record Material(
    Guid Id, string CaseNumber, string RequirementCode, string FileName, string MediaType, string Sha256, long Size, int? Pages,
    DateTimeOffset UploadedAt, string UploadedBy);
