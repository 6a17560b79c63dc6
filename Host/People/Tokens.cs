using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TongBan.Domain.People;

namespace TongBan.Host.People;

/// <summary>Issues the tokens of <c>/api</c> and <c>/elsa/api</c>.</summary>
internal sealed class Tokens(SigningKeys keys, IOptions<SignInOptions> options, TimeProvider time)
{
    public const string Issuer = "tongban";
    public const string Access = "access";
    public const string Refresh = "refresh";

    /// <summary>The claim with the refresh token's own secret; the session knows its hash.</summary>
    public const string Once = "jti";

    private const int OnceBytes = 32;

    public TimeSpan AccessLifetime => options.Value.AccessLifetime;

    /// <summary>A secret for one refresh token.</summary>
    public static string NewOnce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(OnceBytes));

    /// <summary>What the session keeps of it.</summary>
    public static byte[] HashOf(string once) => SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(once));

    public string IssueAccess(User user, Guid session) => Issue([.. Claims.Of(user), new(Claims.Session, session.ToString())], Access, AccessLifetime);

    public string IssueRefresh(User user, Guid session, string once) =>
        Issue([new(Claims.UserName, user.UserName), new(Claims.Session, session.ToString()), new(Once, once)], Refresh, options.Value.SessionLifetime);

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
