using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using TongBan.Host.People;

namespace TongBan.Host.Pages.Session;

/// <summary>A circuit lives as long as its tab is open: whose session ends meanwhile sees no page any more.</summary>
internal sealed class SessionRevalidation(ILoggerFactory loggers, SessionWatch watch, IHostApplicationLifetime host) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(20);

    /// <summary>A host that stops takes its circuits with it, and has nobody left to ask.</summary>
    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        host.ApplicationStopping.IsCancellationRequested || await watch.IsOpenAsync(authenticationState.User.SessionId());
}
