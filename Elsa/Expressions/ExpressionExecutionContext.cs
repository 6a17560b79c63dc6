using Elsa.Expressions.Helpers;
using Elsa.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Elsa.Expressions.Models;

/// <summary>Where an expression is evaluated: a scope of memory inside the scopes that enclose it.</summary>
/// <param name="serviceProvider">The services of the scope in which it is evaluated.</param>
/// <param name="memory">The cells of this scope.</param>
/// <param name="parentContext">The scope around it; null for the outermost.</param>
/// <param name="transientProperties">Values to begin with that live no longer than the burst; null is none.</param>
/// <param name="onChange">Called after each cell that is set through this scope; null for nothing.</param>
/// <param name="cancellationToken">Cancelled when the burst is given up.</param>
public class ExpressionExecutionContext(
    IServiceProvider serviceProvider,
    MemoryRegister memory,
    ExpressionExecutionContext? parentContext = null,
    IDictionary<object, object>? transientProperties = null,
    Action? onChange = null,
    CancellationToken cancellationToken = default)
{
    private IDictionary<object, object>? _transientProperties = transientProperties;

    /// <summary>The services of the scope in which it is evaluated.</summary>
    public IServiceProvider ServiceProvider { get; } = serviceProvider;

    /// <summary>The cells of this scope; those of enclosing scopes are in <see cref="ParentContext"/>.</summary>
    public MemoryRegister Memory { get; } = memory;

    /// <summary>Values that live no longer than this burst.</summary>
    public IDictionary<object, object> TransientProperties
    {
        get => _transientProperties ??= new Dictionary<object, object>();
        set => _transientProperties = value;
    }

    /// <summary>The scope around this one; null for the outermost.</summary>
    public ExpressionExecutionContext? ParentContext { get; set; } = parentContext;

    /// <summary>Cancelled when the burst is given up.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The running activity, null at the level of the workflow and while triggers are indexed.</summary>
    internal ActivityExecutionContext? Activity { get; init; }

    /// <summary>The running workflow, null while triggers are indexed.</summary>
    internal WorkflowExecutionContext? Workflow { get; init; }

    /// <summary>The nearest cell of a name.</summary>
    /// <exception cref="InvalidOperationException">There is none in scope.</exception>
    public MemoryBlock GetBlock(Func<MemoryBlockReference> blockReference) => GetBlock(blockReference());

    /// <summary>The nearest cell of a name.</summary>
    /// <exception cref="InvalidOperationException">There is none in scope.</exception>
    public MemoryBlock GetBlock(MemoryBlockReference blockReference) =>
        Find(blockReference) ?? throw new InvalidOperationException($"There is no memory block '{blockReference.Id}' in scope.");

    /// <summary>The nearest cell of a name; false when there is none.</summary>
    public bool TryGetBlock(MemoryBlockReference blockReference, out MemoryBlock block)
    {
        block = Find(blockReference)!;
        return block != null!;
    }

    /// <summary>The value in the nearest cell of a name.</summary>
    /// <exception cref="InvalidOperationException">There is none in scope.</exception>
    public object? Get(Func<MemoryBlockReference> blockReference) => Get(blockReference());

    /// <summary>The value in the nearest cell of a name.</summary>
    /// <exception cref="InvalidOperationException">There is none in scope.</exception>
    public object? Get(MemoryBlockReference blockReference) => GetBlock(blockReference).Value;

    /// <summary>The value in the nearest cell of a name; false when there is none.</summary>
    public bool TryGet(MemoryBlockReference blockReference, out object? value)
    {
        var block = Find(blockReference);
        value = block?.Value;
        return block != null;
    }

    /// <summary>The value in the nearest cell of a name, converted to <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none in scope.</exception>
    public T? Get<T>(Func<MemoryBlockReference> blockReference) => Get<T>(blockReference());

    /// <summary>The value in the nearest cell of a name, converted to <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none in scope.</exception>
    public T? Get<T>(MemoryBlockReference blockReference) => Get(blockReference).ConvertTo<T>();

    /// <summary>Sets the nearest cell of a name; where there is none, declares it in this scope.</summary>
    public void Set(Func<MemoryBlockReference> blockReference, object? value, Action<MemoryBlock>? configure = null) => Set(blockReference(), value, configure);

    /// <summary>Sets the nearest cell of a name; where there is none, declares it in this scope.</summary>
    public void Set(MemoryBlockReference blockReference, object? value, Action<MemoryBlock>? configure = null)
    {
        var block = Find(blockReference) ?? Memory.Declare(blockReference);
        block.Value = value;
        configure?.Invoke(block);
        onChange?.Invoke();
    }

    /// <summary>A service of the scope.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public T GetRequiredService<T>() where T : notnull => ServiceProvider.GetRequiredService<T>();

    private MemoryBlock? Find(MemoryBlockReference reference)
    {
        if (reference.Id is null)
            return null;
        for (var context = this; context != null; context = context.ParentContext)
        {
            if (context.Memory.TryGetBlock(reference.Id, out var block))
                return block;
        }

        return null;
    }
}
