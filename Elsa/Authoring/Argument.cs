using System.Text.Json.Serialization;
using Elsa.Expressions.Models;

namespace Elsa.Workflows.Models;

/// <summary>An input or an output: a name for the memory that holds its value.</summary>
public abstract class Argument
{
    protected Argument()
    {
    }

    protected Argument(MemoryBlockReference memoryBlockReference) : this(() => memoryBlockReference)
    {
    }

    protected Argument(Func<MemoryBlockReference> memoryBlockReference) => MemoryBlockReference = memoryBlockReference;

    /// <summary>Names the memory that holds the value.</summary>
    [JsonIgnore]
    public Func<MemoryBlockReference> MemoryBlockReference { get; set; } = null!;
}
