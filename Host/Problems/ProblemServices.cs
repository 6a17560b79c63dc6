using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using TongBan.Host.People;

namespace TongBan.Host.Problems;

/// <summary>Registers how requests fail: every error answer of an API is problem details.</summary>
internal static class ProblemServices
{
    /// <summary>The rate limit of public tracking: guessing numbers and secrets is slow.</summary>
    public const string TrackingLimit = "tracking";

    /// <summary>The rate limit of showing personal data: nobody needs a whole city's in an hour.</summary>
    public const string RevealLimit = "reveal";

    /// <summary>The rate limit of call-backs, by address, before a signature is looked at.</summary>
    public const string CallbackLimit = "callbacks";

    private const int TrackingPerMinute = 30;
    private const int RevealsPerHour = 120;
    private const int CallbacksPerMinute = 3000;

    public static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<FailureHandler>();
        builder.Services.Configure<ExceptionHandlerOptions>(options => options.SuppressDiagnosticsCallback = context => FailureHandler.IsExpected(context.Exception));
        // Otherwise a request that cannot be bound would be a bare 400, and only in Development an exception.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.Converters.Add(ApiJson.EnumsAsCodes));
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(TrackingLimit, context => ByAddress(context, TrackingPerMinute));
            options.AddPolicy(CallbackLimit, context => ByAddress(context, CallbacksPerMinute));
            options.AddPolicy(RevealLimit, context => RateLimitPartition.GetFixedWindowLimiter(
                context.User.FindFirst(Claims.UserName)?.Value ?? "",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = RevealsPerHour, Window = TimeSpan.FromHours(1) }));
        });
    }

    private static RateLimitPartition<IPAddress> ByAddress(HttpContext context, int perMinute) => RateLimitPartition.GetFixedWindowLimiter(
        SignInGuard.AddressOf(context), _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) });

    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseWhen(context => NeedsBody(context.Request.Path), api => api.UseStatusCodePages(WriteAsync));
    }

    /// <summary>Elsa's API answers 401, 403 and 404 with empty bodies, and Studio knows it so.</summary>
    private static bool NeedsBody(PathString path) => Schemes.IsApi(path) && !path.StartsWithSegments("/elsa", StringComparison.Ordinal);

    private static Task WriteAsync(StatusCodeContext context)
    {
        var (code, message) = context.HttpContext.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => ("not_signed_in", "请先登录"),
            StatusCodes.Status403Forbidden => ("not_allowed", "您没有办理此事的权限"),
            StatusCodes.Status404NotFound => ("not_found", "没有这个地址"),
            StatusCodes.Status405MethodNotAllowed => ("method_not_allowed", "此地址不支持这种请求方法"),
            StatusCodes.Status415UnsupportedMediaType => ("unsupported_media", "不支持这种内容类型"),
            StatusCodes.Status429TooManyRequests => ("too_many_requests", "查询过于频繁，请一分钟后再试"),
            var status => ($"http_{status}", "请求没有成功"),
        };
        return Problem.Of(context.HttpContext.Response.StatusCode, code, message).ExecuteAsync(context.HttpContext);
    }
}
