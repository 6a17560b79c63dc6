using System.Text.Json;
using Elsa.Execution;
using Elsa.Expressions.Helpers;
using Elsa.Workflows;
using Elsa.Workflows.Models;

namespace Elsa.Calls;

/// <summary>What resumes an activity that waits for a call.</summary>
internal sealed record CallStimulus(string CallId);

/// <summary>A call that a burst asks for. It is stored with its bookmark, and only if that is still there when the burst ends.</summary>
internal sealed record NewCall(string Id, string BookmarkId, string Kind, string Request, int MostAttempts);

/// <summary>The kinds of calls.</summary>
internal static class CallKinds
{
    public const string Http = "http";
    public const string Mail = "mail";
}

/// <summary>How a call ended.</summary>
internal enum CallOutcome
{
    /// <summary>There was an answer, whatever it says.</summary>
    Answered,

    /// <summary>There was none: no connection, an address that may not be called, an answer past the limit, a mail that was refused.</summary>
    Failed,

    /// <summary>There was none in time.</summary>
    TimedOut,
}

/// <summary>What came of a call, as it is stored until the activity has taken it.</summary>
internal sealed record CallResult(CallOutcome Outcome)
{
    public const string InputKey = "__CallResult";

    public int StatusCode { get; init; }

    public Dictionary<string, string[]> Headers { get; init; } = [];

    public string? ContentType { get; init; }

    public byte[] Body { get; init; } = [];

    public string? Error { get; init; }

    /// <summary>Whether it may be worth another try.</summary>
    public bool IsTransient => Outcome != CallOutcome.Answered || StatusCode is 408 or 409 or 429 or 500 or 502 or 503 or 504;
}

/// <summary>Asks for calls from inside a burst.</summary>
internal static class CallRequests
{
    /// <summary>Makes the activity wait for a call, which is made once the burst is committed.</summary>
    public static void RequestCall(this ActivityExecutionContext context, string kind, object request, int mostAttempts, ExecuteActivityDelegate callback)
    {
        var id = Identity.New();
        var bookmark = context.CreateBookmark(new CreateBookmarkArgs { Stimulus = new CallStimulus(id), Callback = callback });
        context.WorkflowExecutionContext.Calls.Add(new NewCall(id, bookmark.Id, kind, JsonSerializer.Serialize(request), mostAttempts));
    }

    /// <summary>What came of the call. Null when the activity was resumed by other means.</summary>
    public static CallResult? GetCallResult(this ActivityExecutionContext context)
    {
        var result = context.WorkflowExecutionContext.StimulusInput?.TryGetValue(CallResult.InputKey, out var value) == true ? value.ConvertTo<CallResult>() : null;
        if (result?.Error is not { } error)
            return result;
        context.AddExecutionLogEntry("Error", error);
        context.JournalData["Error"] = error;
        return result;
    }
}
