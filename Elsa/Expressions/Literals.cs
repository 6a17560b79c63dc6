using System.Text.Json;
using System.Text.Json.Serialization;

namespace Elsa.Expressions.Models;

/// <summary>A constant that stands where a memory cell is expected.</summary>
public class Literal : MemoryBlockReference
{
    /// <summary>Null.</summary>
    public Literal()
    {
    }

    /// <summary>A value, in a cell of the given id; null leaves the id to the definition.</summary>
    public Literal(object? value, string? id = null) : base(id!) => Value = value;

    /// <summary>The constant.</summary>
    public object? Value { get; }

    /// <summary>A literal of the type <typeparamref name="T"/>.</summary>
    public static Literal From<T>(T value) => new Literal<T>(value);
}

/// <inheritdoc />
public class Literal<T> : Literal
{
    /// <summary>The type's default.</summary>
    public Literal()
    {
    }

    /// <summary>A value, in a cell of the given id; null leaves the id to the definition.</summary>
    public Literal(T value, string? id = null) : base(value, id)
    {
    }
}

/// <summary>A constant held as JSON text.</summary>
public class ObjectLiteral : MemoryBlockReference
{
    /// <summary>Null.</summary>
    [JsonConstructor]
    public ObjectLiteral()
    {
    }

    /// <summary>A constant that is JSON already.</summary>
    public ObjectLiteral(string? value) => Value = value;

    /// <summary>The constant as JSON; null is null.</summary>
    public string? Value { get; }

    /// <summary>A constant that is written as JSON by its own type.</summary>
    public static ObjectLiteral From<T>(T value) => new ObjectLiteral<T>(value);
}

/// <inheritdoc />
public class ObjectLiteral<T> : ObjectLiteral
{
    /// <summary>Null.</summary>
    public ObjectLiteral()
    {
    }

    /// <summary>A constant that is written as JSON by its own type.</summary>
    public ObjectLiteral(T value) : base(JsonSerializer.Serialize(value))
    {
    }
}
