namespace Elsa.Common.Models;

/// <summary>What an attempt yielded, or why it failed.</summary>
/// <typeparam name="T">What it yields.</typeparam>
public class Result<T>(bool success, T? value, Exception? exception)
{
    /// <summary>Whether there is a value.</summary>
    public bool IsSuccess { get; } = success;

    /// <summary>What the attempt yielded.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public T Value => IsSuccess ? ValueOrDefault! : throw new InvalidOperationException("The attempt failed: there is no value.", Exception);

    /// <summary>What the attempt yielded; the type's default when it failed.</summary>
    public T? ValueOrDefault { get; } = value;

    /// <summary>Why it failed; null when it did not.</summary>
    public Exception? Exception { get; } = exception;

    /// <summary>Calls the handler with the value, if there is one.</summary>
    public Result<T> OnSuccess(Action<T> successHandler)
    {
        if (IsSuccess)
            successHandler(Value);
        return this;
    }

    /// <summary>Calls the handler with the value, if there is one, and waits for it.</summary>
    public async Task<Result<T>> OnSuccessAsync(Func<T, Task> successHandler)
    {
        if (IsSuccess)
            await successHandler(Value);
        return this;
    }

    /// <summary>Calls the handler with the failure, if there is one.</summary>
    public Result<T> OnFailure(Action<Exception> failureHandler)
    {
        if (Exception != null)
            failureHandler(Exception);
        return this;
    }

    /// <summary>Calls the handler with the failure, if there is one, and waits for it.</summary>
    public async Task<Result<T>> OnFailureAsync(Func<Exception, Task> failureHandler)
    {
        if (Exception != null)
            await failureHandler(Exception);
        return this;
    }

    /// <summary>Throws the failure, if there is one.</summary>
    public Result<T> ThrowIfFailure() => IsSuccess || Exception == null ? this : throw Exception;
}

/// <summary>What an attempt yielded, of any type, or why it failed.</summary>
public class Result(bool success, object? value, Exception? exception) : Result<object>(success, value, exception)
{
    /// <summary>An attempt that went well.</summary>
    public static Result<T> Success<T>(T value) => new(true, value, null);

    /// <summary>An attempt that failed.</summary>
    public static Result<T> Failure<T>(Exception exception) => new(false, default, exception);
}
