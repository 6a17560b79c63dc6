using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;

namespace Elsa.Workflows.Memory;

/// <summary>A named value that the activities inside its container share.</summary>
public class Variable : MemoryBlockReference
{
    /// <summary>For serializers: id and name are still to be set.</summary>
    public Variable()
    {
    }

    /// <summary>A variable of a name, whose id is made of the name.</summary>
    public Variable(string name)
    {
        Id = IdOf(name);
        Name = name;
    }

    /// <summary>A variable of a name with an initial value, whose id is made of the name.</summary>
    public Variable(string name, object? value = null) : this(name) => Value = value;

    /// <summary>A variable of a name with an initial value and an id of its own; null makes the id of the name.</summary>
    public Variable(string name, object? value = null, string? id = null) : this(name, value) => Id = id ?? Id;

    /// <summary>The name scripts use.</summary>
    public string Name { get; set; } = null!;

    /// <summary>The initial value.</summary>
    public object? Value { get; set; }

    /// <summary>Where the value is kept: with the instance, or in memory only, which a suspension loses. Null is memory.</summary>
    public Type? StorageDriverType { get; set; }

    /// <inheritdoc />
    public override MemoryBlock Declare() => new(ParsedValue, new VariableBlockMetadata(this, StorageDriverType, false));

    /// <summary>The initial value in the declared type; a definition spells it as text.</summary>
    internal object? ParsedValue => ValueType == typeof(object) ? Value : Value.ConvertTo(ValueType);

    internal Type ValueType => GetType() is { IsGenericType: true } type ? type.GenericTypeArguments[0] : typeof(object);

    private static string IdOf(string? name) => string.IsNullOrEmpty(name) ? "UnnamedVariable" : $"{char.ToLowerInvariant(name[0])}{name[1..]}Variable";
}

/// <summary>A <see cref="Variable"/> of a declared type.</summary>
/// <typeparam name="T">The type of its value.</typeparam>
public class Variable<T> : Variable
{
    /// <summary>For serializers: id and name are still to be set.</summary>
    public Variable()
    {
    }

    /// <summary>A variable of a name with an initial value, whose id is made of the name.</summary>
    public Variable(string name, T value) : base(name, value)
    {
    }

    /// <summary>A variable of a name with an initial value and an id of its own; null makes the id of the name.</summary>
    public Variable(string name, T value, string? id = null) : base(name, value, id)
    {
    }

    /// <summary>The current value.</summary>
    public T? Get(ActivityExecutionContext context) => Get(context.ExpressionExecutionContext);

    /// <summary>The current value.</summary>
    public new T? Get(ExpressionExecutionContext context) => base.Get(context).ConvertTo<T?>();

    /// <summary>Sets where the value is kept, and returns the variable.</summary>
    public Variable<T> WithStorageDriver<TDriver>() where TDriver : IStorageDriver
    {
        StorageDriverType = typeof(TDriver);
        return this;
    }

    /// <summary>Sets the id, unique in the workflow, and returns the variable.</summary>
    public Variable<T> WithId(string id)
    {
        Id = id;
        return this;
    }

    /// <summary>Sets the name that scripts use, and returns the variable. The id stays.</summary>
    public Variable<T> WithName(string name)
    {
        Name = name;
        return this;
    }

    /// <summary>Sets the initial value, and returns the variable.</summary>
    public Variable<T> WithValue(T value)
    {
        Value = value;
        return this;
    }
}

/// <summary>What a memory cell knows of the variable it holds.</summary>
/// <param name="Variable">The variable as declared.</param>
/// <param name="StorageDriverType">Where the value is kept; null is nowhere.</param>
/// <param name="IsInitialized">Of the original; always false here.</param>
public record VariableBlockMetadata(Variable Variable, Type? StorageDriverType, bool IsInitialized);
