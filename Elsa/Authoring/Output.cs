using Elsa.Expressions.Models;

namespace Elsa.Workflows.Models;

/// <summary>A value that an activity yields. Bound to a variable it is stored there; else scripts can still ask for it.</summary>
public class Output : Argument
{
    /// <summary>Bound to nothing: scripts can ask for the value by the activity's name.</summary>
    public Output() : base(new MemoryBlockReference())
    {
    }

    /// <summary>Bound to the memory that is named, usually a variable.</summary>
    public Output(MemoryBlockReference memoryBlockReference) : base(memoryBlockReference)
    {
    }

    /// <summary>Bound to memory that a delegate names.</summary>
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

    /// <summary>Bound to nothing: scripts can ask for the value by the activity's name.</summary>
    public Output()
    {
    }

    /// <summary>Bound to the memory that is named, usually a variable.</summary>
    public Output(MemoryBlockReference memoryBlockReference) : base(memoryBlockReference)
    {
    }

    /// <summary>Bound to memory that a delegate names.</summary>
    public Output(Func<MemoryBlockReference> memoryBlockReference) : base(memoryBlockReference)
    {
    }
}
