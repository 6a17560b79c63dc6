using System.Diagnostics.CodeAnalysis;

namespace TongBan.Domain;

/// <summary>Either a value or the refusal that stood in its way.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    /// <summary>The refusal, or null when it went well.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The value; throws when there is none.</summary>
    public T Value => Refusal is null
        ? _value!
        : throw new InvalidOperationException($"No value: refused with {Refusal.Code} ({Refusal.Message}).");

    /// <summary>True with the refusal when refused, false with the value when not.</summary>
    public bool IsRefused([NotNullWhen(true)] out Refusal? refusal, [MaybeNullWhen(true)] out T value)
    {
        (refusal, value) = (Refusal, _value);
        return refusal is not null;
    }

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
