using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using TongBan.Host.People;

namespace TongBan.Host.Pages.Session;

/// <summary>A circuit lives as long as its tab is open: whose session ends meanwhile sees no page any more.</summary>
internal sealed class SessionRevalidation(ILoggerFactory loggers, SessionWatch watch) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(20);

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        watch.IsOpenAsync(authenticationState.User.SessionId());
}
