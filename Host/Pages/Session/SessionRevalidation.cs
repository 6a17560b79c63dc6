using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using TongBan.Host.People;
using TongBan.Host.Problems;

namespace TongBan.Host.Pages.Session;

/// <summary>A circuit lives as long as its tab is open: whose session ends meanwhile sees no page any more.</summary>
internal sealed class SessionRevalidation(ILoggerFactory loggers, SessionWatch watch, IHostApplicationLifetime host) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(20);

    /// <summary>
    /// A host that stops takes its circuits with it, and has nobody left to ask. While the database is away nobody is sent off
    /// the page they are typing on: they can do nothing there that needs it, and are asked about again.
    /// </summary>
    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return host.ApplicationStopping.IsCancellationRequested || await watch.IsOpenAsync(authenticationState.User.SessionId());
        }
        catch (Exception failure) when (DatabaseAway.IsBehind(failure))
        {
            return true;
        }
    }
}
