using Microsoft.AspNetCore.Http.HttpResults;
using TongBan.Domain;

namespace TongBan.Host.Problems;

/// <summary>The one way from an expected refusal to RFC 9457 problem details.</summary>
internal static class Problem
{
    /// <summary>The refusal as an HTTP answer: status by kind, stable code, Chinese message, and the field at fault.</summary>
    public static ProblemHttpResult ToProblem(this Refusal refusal) => Of(
        StatusOf(refusal.Kind),
        refusal.Code,
        refusal.Message,
        refusal.Field is { } field ? new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [refusal.Message] } : null);

    /// <summary>The value's answer, or the refusal's.</summary>
    public static IResult Answer<T>(this Result<T> result, Func<T, IResult> answer) =>
        result.IsRefused(out var refusal, out var value) ? refusal.ToProblem() : answer(value);

    /// <summary>Several fields at fault at once.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        Of(StatusCodes.Status422UnprocessableEntity, "invalid", string.Join("；", errors.Values.SelectMany(messages => messages)), errors);

    /// <summary>Problem details.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">A stable code in snake case.</param>
    /// <param name="message">A Chinese sentence that a clerk understands.</param>
    /// <param name="errors">What is wrong, by field in camelCase.</param>
    public static ProblemHttpResult Of(int status, string code, string message, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code };
        if (errors is not null)
            extensions["errors"] = errors;
        return TypedResults.Problem(detail: message, statusCode: status, title: message, extensions: extensions);
    }

    private static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.NotAllowed => StatusCodes.Status403Forbidden,
        RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalKind.UnsupportedMedia => StatusCodes.Status415UnsupportedMediaType,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of refusal without a status."),
    };
}
