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

/// <summary>A definition names an activity type that this host does not know, and the instance has come to it.</summary>
public class ActivityNotFoundException : Exception
{
    /// <summary>For a definition that does not say the type's version.</summary>
    public ActivityNotFoundException(string missingTypeName) : base($"Activity type '{missingTypeName}' could not be found.") => MissingTypeName = missingTypeName;

    /// <summary>For a definition that says the type's version.</summary>
    public ActivityNotFoundException(string missingTypeName, int missingTypeVersion) : base($"Activity type '{missingTypeName}' version '{missingTypeVersion}' could not be found.") =>
        (MissingTypeName, MissingTypeVersion) = (missingTypeName, missingTypeVersion);

    /// <summary>The type, as in <c>Acme.Double</c>.</summary>
    public string MissingTypeName { get; }

    /// <summary>Its version; 0 when the definition does not say.</summary>
    public int MissingTypeVersion { get; }
}
