using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using TongBan.Domain.People;

namespace TongBan.Host.People;

/// <summary>Registers sign-in: tokens, cookie and policies.</summary>
internal static class PeopleServices
{
    public const string CookieName = "tongban.session";

    public static void AddPeople(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<UserStore>();
        services.AddScoped<SessionStore>();
        services.AddScoped<SessionDesk>();
        services.AddScoped<CheckedSignIn>();
        services.AddScoped<ChangePassword>();
        services.AddSingleton<SessionWatch>();
        services.AddSingleton<SignInGuard>();
        services.AddOptions<SignInOptions>().BindConfiguration("TongBan:SignIn").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<OidcOptions>().BindConfiguration("TongBan:Oidc").ValidateOnStart();
        services.AddSingleton<IValidateOptions<OidcOptions>, OidcValidation>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<Tokens>();
        services.AddSingleton<CookieKeys>();
        services.AddDataProtection().SetApplicationName("TongBan");
        services.AddOptions<KeyManagementOptions>().Configure<CookieKeys>((options, keys) => options.XmlRepository = keys);

        services.AddAuthentication(Schemes.Automatic)
            .AddPolicyScheme(Schemes.Automatic, null, options => options.ForwardDefaultSelector = Schemes.Choose)
            .AddJwtBearer(Schemes.Bearer)
            .AddJwtBearer(Schemes.Refresh)
            .AddCookie(Schemes.Cookie, ConfigureCookie)
            .AddOidc(builder.Configuration.GetSection("TongBan:Oidc").Get<OidcOptions>() ?? new());
        services.AddOptions<CookieAuthenticationOptions>(Schemes.Cookie).Configure<IOptions<SignInOptions>, TimeProvider>((options, signIn, time) =>
            (options.ExpireTimeSpan, options.TimeProvider) = (signIn.Value.SessionLifetime, time));
        services.AddOptions<JwtBearerOptions>(Schemes.Bearer).Configure<SigningKeys, TimeProvider>((options, keys, time) => Configure(options, keys, time, Tokens.Access));
        services.AddOptions<JwtBearerOptions>(Schemes.Refresh).Configure<SigningKeys, TimeProvider>((options, keys, time) => Configure(options, keys, time, Tokens.Refresh));
        services.AddPolicies();
    }

    private static void Configure(JwtBearerOptions options, SigningKeys keys, TimeProvider time, string use)
    {
        options.MapInboundClaims = false;
        options.TimeProvider = time;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = Tokens.Issuer,
            ValidAudience = Tokens.Issuer,
            IssuerSigningKeyResolver = (_, _, _, _) => [keys.Key],
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            NameClaimType = Claims.Name,
            RoleClaimType = Claims.Role,
            ClockSkew = TimeSpan.FromSeconds(30),
            LifetimeValidator = (from, until, _, parameters) =>
                from - parameters.ClockSkew <= time.GetUtcNow().UtcDateTime && time.GetUtcNow().UtcDateTime <= until + parameters.ClockSkew,
        };
        options.Events = new JwtBearerEvents
        {
            // SignalR's WebSockets cannot send headers: https://learn.microsoft.com/aspnet/core/signalr/authn-and-authz
            OnMessageReceived = context =>
            {
                if (context.Request.Path.StartsWithSegments("/elsa/hubs", StringComparison.Ordinal))
                    context.Token = context.Request.Query["access_token"];
                return Task.CompletedTask;
            },
            OnTokenValidated = async context =>
            {
                if (!context.Principal!.HasClaim(Claims.TokenUse, use))
                    context.Fail($"Not an {use} token.");
                // A refresh token is looked at where it is used up, so that one used before is told from one that ran out.
                else if (use == Tokens.Access && !await WatchOf(context.HttpContext).IsOpenAsync(context.Principal!.SessionId()))
                    context.Fail("The session is over.");
            },
        };
    }

    private static void ConfigureCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = CookieName;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.SlidingExpiration = false;
        options.LoginPath = "/sign-in";
        options.AccessDeniedPath = "/sign-in";
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = async context =>
        {
            if (await WatchOf(context.HttpContext).IsOpenAsync(context.Principal!.SessionId()))
                return;
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Schemes.Cookie);
        };
        options.Events.OnRedirectToLogin = context => AnswerAsync(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => AnswerAsync(context, StatusCodes.Status403Forbidden);
    }

    private static SessionWatch WatchOf(HttpContext context) => context.RequestServices.GetRequiredService<SessionWatch>();

    /// <summary>A page leads to the sign-in; a program gets the status.</summary>
    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (Schemes.IsApi(context.Request.Path))
            context.Response.StatusCode = status;
        else
            context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    private sealed class OidcValidation : IValidateOptions<OidcOptions>
    {
        public ValidateOptionsResult Validate(string? name, OidcOptions options) =>
            options.Problems().ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
