using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace TongBan.Host.Problems;

/// <summary>The one exception handler: what cannot be read is 400, a database that is away is 503, everything else a bug.</summary>
internal sealed class FailureHandler(ILogger<FailureHandler> logger) : IExceptionHandler
{
    private const int RetrySeconds = 5;

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (context.RequestAborted.IsCancellationRequested)
            return true;
        var problem = Explain(context, exception);
        var isElsas = context.Request.Path.StartsWithSegments("/elsa", StringComparison.Ordinal);
        await (isElsas ? InElsasForm(problem) : problem).ExecuteAsync(context);
        return true;
    }

    /// <summary>Whether the exception is no fault of the program, so that one line in the log is enough.</summary>
    public static bool IsExpected(Exception exception) => exception is BadHttpRequestException or OperationCanceledException || IsUnstorable(exception) || DatabaseAway.IsBehind(exception);

    /// <summary>What Studio reads and shows, with our code for scripts.</summary>
    private static IResult InElsasForm(ProblemHttpResult problem) => TypedResults.Json(
        new { statusCode = problem.StatusCode, code = problem.ProblemDetails.Extensions["code"], message = "One or more errors occurred!", errors = new { generalErrors = new[] { problem.ProblemDetails.Detail } } },
        contentType: "application/problem+json",
        statusCode: problem.StatusCode);

    private ProblemHttpResult Explain(HttpContext context, Exception exception)
    {
        if (exception is BadHttpRequestException bad)
            return Unreadable(bad);
        if (IsUnstorable(exception))
            return Problem.Of(StatusCodes.Status400BadRequest, "unreadable", "内容含有无法保存的字符，请检查");
        if (!DatabaseAway.IsBehind(exception))
            return Problem.Of(StatusCodes.Status500InternalServerError, "internal_error", $"系统出错，已记录，请把编号告诉管理员：{context.TraceIdentifier}");

        logger.LogWarning("The database is away: {Reason}", exception.InnerException?.Message ?? exception.Message);
        context.Response.Headers.RetryAfter = RetrySeconds.ToString(provider: null);
        return new DatabaseAway().ToProblem();
    }

    private static ProblemHttpResult Unreadable(BadHttpRequestException exception)
    {
        // JSON's own path is "$.applicant.name"; the API names fields without the root.
        var path = (exception.InnerException as JsonException)?.Path?.TrimStart('$', '.');
        var errors = string.IsNullOrEmpty(path) ? null : new Dictionary<string, string[]>(StringComparer.Ordinal) { [path] = ["内容或类型不正确"] };
        return exception.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => Problem.Of(exception.StatusCode, "too_large", "内容太大"),
            StatusCodes.Status415UnsupportedMediaType => Problem.Of(exception.StatusCode, "unsupported_media", "不支持这种内容类型"),
            _ => Problem.Of(StatusCodes.Status400BadRequest, "unreadable", "请求内容无法识别，请检查格式", errors),
        };
    }

    /// <summary>A text with a zero in it, which PostgreSQL keeps nowhere: the caller's doing, wherever it is found.</summary>
    private static bool IsUnstorable(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter };
}
