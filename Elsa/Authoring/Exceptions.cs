namespace Elsa.Workflows.Exceptions;

/// <summary>Thrown by an activity to become an incident with a code.</summary>
public class FaultException(string code, string category, string type, string? message) : Exception(message)
{
    public string Code { get; } = code;

    public string Category { get; } = category;

    public string Type { get; } = type;
}

/// <summary>An input's expression failed.</summary>
public class InputEvaluationException(string inputName, string message, Exception exception) : Exception(message, exception)
{
    public string InputName { get; } = inputName;
}
