using TongBan.Domain.People;

namespace TongBan.Host.People;

/// <summary>The settings <c>TongBan__Oidc__…</c>: the city's OpenID Connect provider. Without an authority there is none.</summary>
internal sealed class OidcOptions
{
    /// <summary>The provider's address, where <c>/.well-known/openid-configuration</c> is found.</summary>
    public string? Authority { get; init; }

    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>The claim with the person's groups; <c>groups</c> unless set.</summary>
    public string GroupsClaim { get; init; } = "groups";

    /// <summary>The claim with the sign-in name; <c>preferred_username</c> unless set.</summary>
    public string UserNameClaim { get; init; } = "preferred_username";

    /// <summary>What each group may do and where; of a person in several, the first in this list counts.</summary>
    public IReadOnlyList<OidcGroup> Groups { get; init; } = [];

    /// <summary>Whether people sign in through a provider.</summary>
    public bool IsSet => !string.IsNullOrWhiteSpace(Authority);

    /// <summary>What is wrong with the settings, each line naming one.</summary>
    public IEnumerable<string> Problems()
    {
        if (!IsSet)
            yield break;
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
            yield return $"TongBan__Oidc__Authority must be an https address, not '{Authority}'.";
        if (string.IsNullOrWhiteSpace(ClientId))
            yield return "TongBan__Oidc__ClientId is missing: the provider knows this host by it.";
        if (Groups.Count == 0)
            yield return "TongBan__Oidc__Groups__0__Name is missing: without groups nobody would have a role.";
        foreach (var (index, group) in Groups.Index())
        {
            if (string.IsNullOrWhiteSpace(group.Name))
                yield return $"TongBan__Oidc__Groups__{index}__Name is missing.";
            if (group.Role is null or Role.System)
                yield return $"TongBan__Oidc__Groups__{index}__Role must be one of clerk, approver, logistics, administrator, supervisor and auditor.";
            if (group.Role == Role.Clerk && group.Hall is null)
                yield return $"TongBan__Oidc__Groups__{index}__Hall is missing: a clerk works in a hall.";
            if (group.Role == Role.Approver && group.Authority is null)
                yield return $"TongBan__Oidc__Groups__{index}__Authority is missing: an approver decides for an authority.";
        }
    }
}

/// <summary>A group of the provider, as a role and a place.</summary>
internal sealed class OidcGroup
{
    public string? Name { get; init; }

    public Role? Role { get; init; }

    public string? Hall { get; init; }

    public int? Window { get; init; }

    public string? Authority { get; init; }

    /// <summary>Whether the group's people head that authority (部门负责人).</summary>
    public bool Head { get; init; }

    public string? Division { get; init; }
}
