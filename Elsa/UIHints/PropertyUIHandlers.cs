using System.Reflection;

namespace Elsa.Workflows;

/// <summary>Gives an input's editor its settings, such as the choices of a list.</summary>
public interface IPropertyUIHandler
{
    /// <summary>When several handlers set the same thing, the highest wins.</summary>
    float Priority { get; }

    /// <summary>Settings by the editor's name, as the designer reads them; writable as JSON.</summary>
    /// <param name="propertyInfo">The input.</param>
    /// <param name="context">What the designer sent with its question, such as the values of other inputs; null when it sent nothing.</param>
    /// <param name="cancellationToken">Cancelled when the designer no longer waits.</param>
    ValueTask<IDictionary<string, object>> GetUIPropertiesAsync(PropertyInfo propertyInfo, object? context, CancellationToken cancellationToken = default);
}

/// <inheritdoc />
public abstract class PropertyUIHandlerBase : IPropertyUIHandler
{
    /// <inheritdoc />
    public virtual float Priority => 0;

    /// <inheritdoc />
    public abstract ValueTask<IDictionary<string, object>> GetUIPropertiesAsync(PropertyInfo propertyInfo, object? context, CancellationToken cancellationToken = default);
}

/// <summary>Gives an input a default value that an attribute cannot hold.</summary>
public interface IActivityPropertyDefaultValueProvider
{
    /// <summary>The value; called each time the designer asks for the type.</summary>
    object GetDefaultValue(PropertyInfo property);
}
