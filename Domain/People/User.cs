namespace TongBan.Domain.People;

/// <summary>Somebody who signs in with a password.</summary>
/// <param name="UserName">The sign-in name; case does not matter.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="Role">What the person does.</param>
/// <param name="Hall">The code of the person's hall.</param>
/// <param name="Window">The window's number in that hall.</param>
/// <param name="Authority">The code of the authority for which the person decides.</param>
/// <param name="IsHead">Whether the person heads that authority (部门负责人).</param>
public sealed record User(string UserName, string Name, Role Role, string? Hall = null, int? Window = null, string? Authority = null, bool IsHead = false)
{
    /// <summary>The person as the one who acts.</summary>
    public Actor ToActor() => new(UserName, Name, Role, Hall, Window, Authority, IsHead);
}
