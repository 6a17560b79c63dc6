using System.Text.Json;
using System.Text.Json.Serialization;

namespace Elsa.Expressions.Models;

/// <summary>A constant that stands where a memory cell is expected.</summary>
public class Literal : MemoryBlockReference
{
    public Literal()
    {
    }

    public Literal(object? value, string? id = null) : base(id!) => Value = value;

    public object? Value { get; }

    public static Literal From<T>(T value) => new Literal<T>(value);
}

/// <inheritdoc />
public class Literal<T> : Literal
{
    public Literal()
    {
    }

    public Literal(T value, string? id = null) : base(value, id)
    {
    }
}

/// <summary>A constant held as JSON text.</summary>
public class ObjectLiteral : MemoryBlockReference
{
    [JsonConstructor]
    public ObjectLiteral()
    {
    }

    public ObjectLiteral(string? value) => Value = value;

    public string? Value { get; }

    public static ObjectLiteral From<T>(T value) => new ObjectLiteral<T>(value);
}

/// <inheritdoc />
public class ObjectLiteral<T> : ObjectLiteral
{
    public ObjectLiteral()
    {
    }

    public ObjectLiteral(T value) : base(JsonSerializer.Serialize(value))
    {
    }
}
