namespace Elsa.Workflows.Exceptions;

/// <summary>Thrown by an activity to become an incident with a code.</summary>
/// <param name="code">Tells faults apart for programs.</param>
/// <param name="category">The field it belongs to.</param>
/// <param name="type">One of <see cref="DefaultFaultTypes"/>, or a word of the application's own.</param>
/// <param name="message">For people; null leaves .NET's own words.</param>
public class FaultException(string code, string category, string type, string? message) : Exception(message)
{
    /// <summary>Tells faults apart for programs, as in <c>NoRecipient</c>.</summary>
    public string Code { get; } = code;

    /// <summary>The field it belongs to, as in <c>HTTP</c>.</summary>
    public string Category { get; } = category;

    /// <summary>One of <see cref="DefaultFaultTypes"/>, or a word of the application's own.</summary>
    public string Type { get; } = type;
}

/// <summary>An input's expression failed.</summary>
/// <param name="inputName">The input as the activity type calls it.</param>
/// <param name="message">For people.</param>
/// <param name="exception">What went wrong.</param>
public class InputEvaluationException(string inputName, string message, Exception exception) : Exception(message, exception)
{
    /// <summary>The input as the activity type calls it. <see cref="Exception.InnerException"/> says what was wrong.</summary>
    public string InputName { get; } = inputName;
}
