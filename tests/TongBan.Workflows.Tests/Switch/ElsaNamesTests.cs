using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Shouldly;
using TongBan.Workflows.Modes;
using Xunit;

namespace TongBan.Workflows.Tests.Switch;

/// <summary>
/// Activities and workflows compile against our runtime or against Elsa's packages. The names of Elsa's that they use stand in
/// <c>ElsaNames.txt</c>, each checked against the source of Elsa 3.8: a new one is looked up there before it is added.
/// </summary>
public sealed class ElsaNamesTests
{
    private const string Runtime = "TongBan.Elsa";

    [Fact]
    public void ActivitiesAndWorkflows_OfElsa_UseOnlyTheNamesThatWereLookedUp()
    {
        var known = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Switch", "ElsaNames.txt")).Where(line => line.Length > 0).ToHashSet(StringComparer.Ordinal);

        var used = new[] { typeof(TongBan.Activities.CaseActivity).Assembly.Location, typeof(ModeFiles).Assembly.Location }.SelectMany(NamesOf).ToHashSet(StringComparer.Ordinal);

        used.Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBeEmpty("look these up in Elsa 3.8 and add them to ElsaNames.txt");
        known.Except(used, StringComparer.Ordinal).ShouldBeEmpty("no longer used");
    }

    /// <summary>Types and members that an assembly takes from the runtime.</summary>
    private static IEnumerable<string> NamesOf(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var names = new List<string>();
        foreach (var handle in metadata.TypeReferences)
        {
            if (TypeName(metadata, handle) is { } type)
                names.Add(type);
        }

        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (Owner(metadata, member.Parent) is { } owner)
                names.Add($"{owner}.{metadata.GetString(member.Name)}");
        }

        return names;
    }

    private static string? Owner(MetadataReader metadata, EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => TypeName(metadata, (TypeReferenceHandle)parent),
        HandleKind.TypeSpecification => Generic(metadata, metadata.GetTypeSpecification((TypeSpecificationHandle)parent)),
        _ => null,
    };

    /// <summary>The open type of a constructed one: its token follows the kind bytes of the signature.</summary>
    private static string? Generic(MetadataReader metadata, TypeSpecification specification)
    {
        var blob = metadata.GetBlobReader(specification.Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return null;
        blob.ReadByte();
        return blob.ReadTypeHandle() is { Kind: HandleKind.TypeReference } handle ? TypeName(metadata, (TypeReferenceHandle)handle) : null;
    }

    private static string? TypeName(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.AssemblyReference when metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == Runtime => $"{metadata.GetString(type.Namespace)}.{name}",
            HandleKind.TypeReference when TypeName(metadata, (TypeReferenceHandle)type.ResolutionScope) is { } outer => $"{outer}.{name}",
            _ => null,
        };
    }
}
