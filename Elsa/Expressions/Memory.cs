using Elsa.Expressions.Helpers;

namespace Elsa.Expressions.Models;

/// <summary>One cell of memory: a value and what is known about it.</summary>
public class MemoryBlock
{
    /// <summary>An empty cell.</summary>
    public MemoryBlock()
    {
    }

    /// <summary>A cell with a value and what is known about it.</summary>
    public MemoryBlock(object? value, object? metadata = null) => (Value, Metadata) = (value, metadata);

    /// <summary>The current value.</summary>
    public object? Value { get; set; }

    /// <summary>For a variable's cell, what declared it.</summary>
    public object? Metadata { get; set; }
}

/// <summary>Names a cell of memory. Inputs, outputs and variables are such names.</summary>
public class MemoryBlockReference
{
    /// <summary>The id is still to be given, by the definition that is compiled.</summary>
    public MemoryBlockReference()
    {
    }

    /// <summary>A cell of the id <paramref name="id"/>, unique within the workflow.</summary>
    public MemoryBlockReference(string id) => Id = id;

    /// <summary>Unique within the workflow; null until the definition is compiled.</summary>
    public string Id { get; set; } = null!;

    /// <summary>A fresh cell with the declared initial value.</summary>
    public virtual MemoryBlock Declare() => new();

    /// <summary>Whether the scope itself has the cell; enclosing scopes do not count.</summary>
    public bool IsDefined(MemoryRegister register) => register.HasBlock(Id);

    /// <summary>The value in one scope; a cell that is missing is declared there first.</summary>
    public object? Get(MemoryRegister memoryRegister) => GetBlock(memoryRegister).Value;

    /// <summary>The value in one scope, converted to <typeparamref name="T"/>; a cell that is missing is declared there first.</summary>
    public T? Get<T>(MemoryRegister memoryRegister) => Get(memoryRegister).ConvertTo<T>();

    /// <summary>The value in the nearest scope.</summary>
    /// <exception cref="InvalidOperationException">There is none in scope.</exception>
    public object? Get(ExpressionExecutionContext context) => context.Get(this);

    /// <summary>The value in the nearest scope, converted to <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none in scope.</exception>
    public T? Get<T>(ExpressionExecutionContext context) => Get(context).ConvertTo<T>();

    /// <summary>The value in the nearest scope; false when there is no such cell.</summary>
    public bool TryGet(ExpressionExecutionContext context, out object? value) => context.TryGet(this, out value);

    /// <summary>Sets the value in one scope; a cell that is missing is declared there first.</summary>
    public void Set(MemoryRegister memoryRegister, object? value, Action<MemoryBlock>? configure = null)
    {
        var block = GetBlock(memoryRegister);
        block.Value = value;
        configure?.Invoke(block);
    }

    /// <summary>Sets the value in the nearest scope; where there is no cell, declares it in the innermost.</summary>
    public void Set(ExpressionExecutionContext context, object? value, Action<MemoryBlock>? configure = null) => context.Set(this, value, configure);

    /// <summary>The cell in one scope; one that is missing is declared there first.</summary>
    public MemoryBlock GetBlock(MemoryRegister memoryRegister) => memoryRegister.TryGetBlock(Id, out var block) ? block : memoryRegister.Declare(this);
}

/// <inheritdoc />
public class MemoryBlockReference<T> : MemoryBlockReference;

/// <summary>The cells of one scope: of the workflow, of a container, of one execution of an activity.</summary>
/// <param name="blocks">Cells to begin with, by id; they are used, not copied. Null is none.</param>
public class MemoryRegister(IDictionary<string, MemoryBlock>? blocks = null)
{
    private IDictionary<string, MemoryBlock>? _blocks = blocks;

    /// <summary>The cells by id. Cells of enclosing scopes are not among them.</summary>
    public IDictionary<string, MemoryBlock> Blocks => _blocks ??= new Dictionary<string, MemoryBlock>(StringComparer.Ordinal);

    /// <summary>True when no cell was ever declared; asking does not create the dictionary.</summary>
    internal bool IsEmpty => _blocks is null or { Count: 0 };

    /// <summary>Whether this scope has the cell of a reference.</summary>
    public bool IsDeclared(MemoryBlockReference reference) => HasBlock(reference.Id);

    /// <summary>Whether this scope has a cell of the id.</summary>
    public bool HasBlock(string id) => _blocks?.ContainsKey(id) == true;

    /// <summary>A cell of this scope by its id; false when there is none.</summary>
    public bool TryGetBlock(string id, out MemoryBlock block)
    {
        block = null!;
        return _blocks?.TryGetValue(id, out block!) == true;
    }

    /// <summary>Declares several cells; those that are there keep their values.</summary>
    public void Declare(IEnumerable<MemoryBlockReference> references)
    {
        foreach (var reference in references)
            Declare(reference);
    }

    /// <summary>Declares a cell with its initial value, or returns the one that is there with the value it has.</summary>
    public MemoryBlock Declare(MemoryBlockReference blockReference)
    {
        if (TryGetBlock(blockReference.Id, out var block))
            return block;
        return Blocks[blockReference.Id] = blockReference.Declare();
    }
}
