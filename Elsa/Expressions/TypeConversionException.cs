using System.Text.Json;

namespace Elsa.Expressions.Exceptions;

/// <summary>A value cannot become the type that was asked for. Here it is a <see cref="JsonException"/>, as every other failure of a conversion.</summary>
public class TypeConversionException : JsonException
{
    /// <summary>Says what cannot become what.</summary>
    /// <param name="message">For people.</param>
    /// <param name="value">What was to be converted.</param>
    /// <param name="targetType">What it was to become.</param>
    public TypeConversionException(string message, object value, Type targetType) : base(message) => (Value, TargetType) = (value, targetType);

    /// <summary>Says what cannot become what, and why.</summary>
    /// <param name="message">For people.</param>
    /// <param name="value">What was to be converted.</param>
    /// <param name="targetType">What it was to become.</param>
    /// <param name="innerException">The failure behind it.</param>
    public TypeConversionException(string message, object value, Type targetType, Exception innerException) : base(message, innerException) =>
        (Value, TargetType) = (value, targetType);

    /// <summary>What was to be converted. It may be personal data: keep it out of logs.</summary>
    public object Value { get; }

    /// <summary>What it was to become.</summary>
    public Type TargetType { get; }
}
