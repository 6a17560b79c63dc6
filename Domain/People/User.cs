namespace TongBan.Domain.People;

/// <summary>Somebody who signs in, with a password or through the city's provider.</summary>
/// <param name="UserName">The sign-in name; case does not matter.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="Role">What the person does.</param>
/// <param name="Hall">The code of the person's hall.</param>
/// <param name="Window">The window's number in that hall.</param>
/// <param name="Authority">The code of the authority for which the person decides.</param>
/// <param name="IsHead">Whether the person heads that authority (部门负责人).</param>
/// <param name="Division">The code of the division that the person looks after; null is the whole city.</param>
public sealed record User(string UserName, string Name, Role Role, string? Hall = null, int? Window = null, string? Authority = null, bool IsHead = false, string? Division = null)
{
    /// <summary>The person as the one who acts.</summary>
    public Actor ToActor() => new(UserName, Name, Role, Hall, Window, Authority, IsHead, Division);
}

/// <summary>What a name and a password came to.</summary>
/// <param name="User">Whose they are; null for a wrong or disabled one and while locked out.</param>
/// <param name="MustChange">Whether the password has to be changed before anything else.</param>
public sealed record PasswordCheck(User? User, bool MustChange = false);

/// <summary>A user as administrators see it.</summary>
public sealed record Account(User User, bool Disabled, bool MustChange, DateTimeOffset? LockedUntil, string? Provider);
