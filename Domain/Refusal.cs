namespace TongBan.Domain;

/// <summary>What sort of refusal it is; the host maps each to one HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>The request can be read but breaks a rule (422).</summary>
    Invalid,

    /// <summary>No such thing, or none that the caller may see (404).</summary>
    NotFound,

    /// <summary>It was done already, or the state does not allow it any more (409).</summary>
    Conflict,

    /// <summary>The caller is known but may not do this (403).</summary>
    NotAllowed,

    /// <summary>The file is too big (413).</summary>
    TooLarge,

    /// <summary>The file is of a kind that is not taken (415).</summary>
    UnsupportedMedia,

    /// <summary>Something that it needs cannot be reached for a while (503).</summary>
    Unavailable,
}

/// <summary>
/// An expected refusal. Each concrete refusal is a record of its own beside the code that refuses.
/// </summary>
/// <param name="Kind">The sort of refusal.</param>
/// <param name="Code">A stable machine-readable code in snake case.</param>
/// <param name="Message">A Chinese sentence that a clerk understands.</param>
/// <param name="Field">The request field at fault, in camelCase, where there is one.</param>
public abstract record Refusal(RefusalKind Kind, string Code, string Message, string? Field = null);
