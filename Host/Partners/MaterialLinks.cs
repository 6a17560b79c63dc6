using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using TongBan.Domain.Audit;
using TongBan.Domain.Materials;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.People;
using TongBan.Host.Problems;

namespace TongBan.Host.Partners;

/// <summary>Links under which an approval system fetches materials: they carry their own proof and expire.</summary>
internal sealed class MaterialLinks(IDataProtectionProvider protection, HostAddress address)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("material-links").ToTimeLimitedDataProtector();

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/partner-files/{ticket}", async (MaterialLinks links, MaterialStore materials, IContentStore contents, AuditTrail audit, string ticket) =>
        {
            if (links.Read(ticket) is not { } target || await materials.FindAsync(target.Case, target.Id) is not { } material || await contents.OpenAsync(material.Sha256) is not { } stream)
                return Problem.Of(StatusCodes.Status404NotFound, "link_invalid", "链接无效或已过期");
            await audit.AddAsync(Actor.System, "partner.file", AuditTrail.Case(target.Case), $"审批系统取走材料“{material.FileName}”");
            return Results.File(stream, material.MediaType, material.FileName);
        }).AllowAnonymous().ExcludeFromDescription();

    /// <summary>An absolute link to the material's bytes, good for a week.</summary>
    public string For(Material material) => $"{address.Public}/partner-files/{_protector.Protect($"{material.CaseNumber}/{material.Id}", Lifetime)}";

    private (string Case, Guid Id)? Read(string ticket)
    {
        try
        {
            var parts = _protector.Unprotect(ticket).Split('/');
            return (parts[0], Guid.Parse(parts[1]));
        }
        catch (CryptographicException)
        {
            // Forged, cut short or expired: no such link.
            return null;
        }
    }
}
