namespace TongBan.Host.Partners;

/// <summary>Where a partner's system is and the secret that both sides sign with.</summary>
internal sealed class PartnerOptions
{
    /// <summary>The root of its API, for example <c>https://courier.example/api</c>; none: the sandbox partner answers.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>At least 16 characters; needed with a base URL.</summary>
    public string? Secret { get; init; }
}

/// <summary>The settings <c>TongBan__Courier__…</c>, <c>TongBan__Approvals__{authority}__…</c>, <c>TongBan__Sms__…</c> and <c>TongBan__Sandbox__…</c>.</summary>
internal sealed class PartnersOptions
{
    public PartnerOptions Courier { get; init; } = new();

    /// <summary>By the authority's code.</summary>
    public Dictionary<string, PartnerOptions> Approvals { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The SMS gateway.</summary>
    public PartnerOptions Sms { get; init; } = new();

    /// <summary>How long partners are waited for.</summary>
    public PartnerTimings Partners { get; init; } = new();

    /// <summary>How many messages a person is sent.</summary>
    public MessageOptions Messages { get; init; } = new();

    public SandboxOptions Sandbox { get; init; } = new();

    /// <summary>What is wrong with the settings, each line naming one.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var (name, partner) in Approvals.Select(each => ($"TongBan__Approvals__{each.Key}", each.Value)).Prepend(("TongBan__Courier", Courier)).Append(("TongBan__Sms", Sms)))
        {
            if (partner.BaseUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
                yield return $"{name}__BaseUrl must be an absolute http or https address, not '{url}'.";
            if (partner.BaseUrl is not null && partner.Secret is null)
                yield return $"{name}__Secret is missing: calls to {name}__BaseUrl are signed with it.";
            if (partner.Secret is { Length: < 16 })
                yield return $"{name}__Secret must have at least 16 characters.";
        }

        foreach (var problem in Partners.Problems())
            yield return problem;
        if (Messages.PerHour is < 1 or > 1000)
            yield return "TongBan__Messages__PerHour must be between 1 and 1000.";
        if (Sandbox.Delay < TimeSpan.Zero || Sandbox.Delay > TimeSpan.FromDays(1))
            yield return "TongBan__Sandbox__Delay must be between 0 and one day, for example 00:00:02.";
    }
}

/// <summary>The partners that answer while none is configured.</summary>
internal sealed class SandboxOptions
{
    /// <summary>How long a sandbox partner takes for each of its steps; default one second.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>The settings <c>TongBan__Messages__…</c>.</summary>
internal sealed class MessageOptions
{
    /// <summary>The most messages of one way, short message or mail, to the same person in an hour; the others wait. Default 20.</summary>
    public int PerHour { get; init; } = 20;
}
