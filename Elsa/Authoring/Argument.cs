using System.Text.Json.Serialization;
using Elsa.Expressions.Models;

namespace Elsa.Workflows.Models;

/// <summary>An input or an output: a name for the memory that holds its value.</summary>
public abstract class Argument
{
    /// <summary>The memory is still to be named.</summary>
    protected Argument()
    {
    }

    /// <summary>The value is in the memory that <paramref name="memoryBlockReference"/> names.</summary>
    protected Argument(MemoryBlockReference memoryBlockReference) : this(() => memoryBlockReference)
    {
    }

    /// <summary>The memory is named by a delegate, asked at each use.</summary>
    protected Argument(Func<MemoryBlockReference> memoryBlockReference) => MemoryBlockReference = memoryBlockReference;

    /// <summary>Names the memory that holds the value.</summary>
    [JsonIgnore]
    public Func<MemoryBlockReference> MemoryBlockReference { get; set; } = null!;
}
