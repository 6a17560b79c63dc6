using System.Globalization;
using System.Security.Claims;
using TongBan.Domain;
using TongBan.Domain.People;

namespace TongBan.Host.People;

/// <summary>A person as claims, in tokens and cookies alike, and back.</summary>
internal static class Claims
{
    public const string UserName = "sub";
    public const string Name = "name";
    public const string Role = "role";
    public const string Hall = "hall";
    public const string Window = "window";
    public const string Authority = "authority";
    public const string Head = "head";
    public const string Division = "division";

    /// <summary>The session's id.</summary>
    public const string Session = "sid";

    public const string TokenUse = "token_use";

    /// <summary>Elsa's permissions, one claim each; <c>*</c> is all.</summary>
    public const string Permissions = "permissions";

    /// <summary>What a token says of the person.</summary>
    public static IEnumerable<Claim> Of(User user)
    {
        yield return new(UserName, user.UserName);
        yield return new(Name, user.Name);
        yield return new(Role, Codes.Of(user.Role));
        if (user.Hall is { } hall)
            yield return new(Hall, hall);
        if (user.Window is { } window)
            yield return new(Window, window.ToString(CultureInfo.InvariantCulture));
        if (user.Authority is { } authority)
            yield return new(Authority, authority);
        if (user.IsHead)
            yield return new(Head, "true");
        if (user.Division is { } division)
            yield return new(Division, division);
        foreach (var permission in PermissionsOf(user.Role))
            yield return new(Permissions, permission);
    }

    /// <summary>Who acts; only for a principal that passed a policy.</summary>
    public static Actor ToActor(this ClaimsPrincipal principal) => new(
        Required(principal, UserName),
        Required(principal, Name),
        Enum.Parse<Role>(Required(principal, Role), ignoreCase: true),
        principal.FindFirstValue(Hall),
        principal.FindFirstValue(Window) is { } window ? int.Parse(window, CultureInfo.InvariantCulture) : null,
        principal.FindFirstValue(Authority),
        principal.HasClaim(Head, "true"),
        principal.FindFirstValue(Division));

    /// <summary>The session that the principal's token or cookie belongs to.</summary>
    public static Guid? SessionId(this ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirstValue(Session), out var id) ? id : null;

    private static string[] PermissionsOf(Role role) => role == Domain.People.Role.Administrator ? ["*"] : [];

    private static string Required(ClaimsPrincipal principal, string type) =>
        principal.FindFirstValue(type) ?? throw new InvalidOperationException($"The principal has no claim '{type}': the endpoint let somebody in who did not sign in.");
}
