using Elsa.Expressions.Helpers;

namespace Elsa.Expressions.Models;

/// <summary>One cell of memory: a value and what is known about it.</summary>
public class MemoryBlock
{
    public MemoryBlock()
    {
    }

    public MemoryBlock(object? value, object? metadata = null) => (Value, Metadata) = (value, metadata);

    /// <summary>The current value.</summary>
    public object? Value { get; set; }

    /// <summary>For a variable's cell, what declared it.</summary>
    public object? Metadata { get; set; }
}

/// <summary>Names a cell of memory. Inputs, outputs and variables are such names.</summary>
public class MemoryBlockReference
{
    public MemoryBlockReference()
    {
    }

    public MemoryBlockReference(string id) => Id = id;

    /// <summary>Unique within the workflow; null until the definition is compiled.</summary>
    public string Id { get; set; } = null!;

    /// <summary>A fresh cell with the declared initial value.</summary>
    public virtual MemoryBlock Declare() => new();

    public bool IsDefined(MemoryRegister register) => register.HasBlock(Id);

    public object? Get(MemoryRegister memoryRegister) => GetBlock(memoryRegister).Value;

    public T? Get<T>(MemoryRegister memoryRegister) => Get(memoryRegister).ConvertTo<T>();

    public object? Get(ExpressionExecutionContext context) => context.Get(this);

    public T? Get<T>(ExpressionExecutionContext context) => Get(context).ConvertTo<T>();

    public bool TryGet(ExpressionExecutionContext context, out object? value) => context.TryGet(this, out value);

    public void Set(MemoryRegister memoryRegister, object? value, Action<MemoryBlock>? configure = null)
    {
        var block = GetBlock(memoryRegister);
        block.Value = value;
        configure?.Invoke(block);
    }

    public void Set(ExpressionExecutionContext context, object? value, Action<MemoryBlock>? configure = null) => context.Set(this, value, configure);

    public MemoryBlock GetBlock(MemoryRegister memoryRegister) => memoryRegister.TryGetBlock(Id, out var block) ? block : memoryRegister.Declare(this);
}

/// <inheritdoc />
public class MemoryBlockReference<T> : MemoryBlockReference;

/// <summary>The cells of one scope: of the workflow, of a container, of one execution of an activity.</summary>
public class MemoryRegister(IDictionary<string, MemoryBlock>? blocks = null)
{
    private IDictionary<string, MemoryBlock>? _blocks = blocks;

    public IDictionary<string, MemoryBlock> Blocks => _blocks ??= new Dictionary<string, MemoryBlock>(StringComparer.Ordinal);

    /// <summary>True when no cell was ever declared; asking does not create the dictionary.</summary>
    internal bool IsEmpty => _blocks is null or { Count: 0 };

    public bool IsDeclared(MemoryBlockReference reference) => HasBlock(reference.Id);

    public bool HasBlock(string id) => _blocks?.ContainsKey(id) == true;

    public bool TryGetBlock(string id, out MemoryBlock block)
    {
        block = null!;
        return _blocks?.TryGetValue(id, out block!) == true;
    }

    public void Declare(IEnumerable<MemoryBlockReference> references)
    {
        foreach (var reference in references)
            Declare(reference);
    }

    public MemoryBlock Declare(MemoryBlockReference blockReference)
    {
        if (TryGetBlock(blockReference.Id, out var block))
            return block;
        return Blocks[blockReference.Id] = blockReference.Declare();
    }
}
