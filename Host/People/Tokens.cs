using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TongBan.Domain.People;

namespace TongBan.Host.People;

/// <summary>Issues the tokens of <c>/api</c> and <c>/elsa/api</c>.</summary>
internal sealed class Tokens(SigningKeys keys, TimeProvider time)
{
    public const string Issuer = "tongban";
    public const string Access = "access";
    public const string Refresh = "refresh";

    public static readonly TimeSpan AccessLifetime = TimeSpan.FromHours(1);

    /// <summary>A working day at the counter: after that the password is asked for again.</summary>
    private static readonly TimeSpan RefreshLifetime = TimeSpan.FromHours(12);

    public string IssueAccess(User user) => Issue(Claims.Of(user), Access, AccessLifetime);

    public string IssueRefresh(User user) => Issue([new(Claims.UserName, user.UserName)], Refresh, RefreshLifetime);

    private string Issue(IEnumerable<Claim> claims, string use, TimeSpan lifetime)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            Subject = new ClaimsIdentity([.. claims, new(Claims.TokenUse, use)]),
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            SigningCredentials = new(keys.Key, SecurityAlgorithms.HmacSha256),
        });
    }
}
