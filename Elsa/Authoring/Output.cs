using Elsa.Expressions.Models;

namespace Elsa.Workflows.Models;

/// <summary>A value that an activity yields. Bound to a variable it is stored there; else scripts can still ask for it.</summary>
public class Output : Argument
{
    public Output() : base(new MemoryBlockReference())
    {
    }

    public Output(MemoryBlockReference memoryBlockReference) : base(memoryBlockReference)
    {
    }

    public Output(Func<MemoryBlockReference> memoryBlockReference) : base(memoryBlockReference)
    {
    }

    /// <summary>What the values are.</summary>
    internal virtual Type ValueType => typeof(object);
}

/// <inheritdoc />
public class Output<T> : Output
{
    internal override Type ValueType => typeof(T);

    public Output()
    {
    }

    public Output(MemoryBlockReference memoryBlockReference) : base(memoryBlockReference)
    {
    }

    public Output(Func<MemoryBlockReference> memoryBlockReference) : base(memoryBlockReference)
    {
    }
}
