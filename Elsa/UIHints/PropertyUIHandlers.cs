using System.Reflection;

namespace Elsa.Workflows;

/// <summary>Gives an input's editor its settings, such as the choices of a list.</summary>
public interface IPropertyUIHandler
{
    /// <summary>When several handlers set the same thing, the highest wins.</summary>
    float Priority { get; }

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
    object GetDefaultValue(PropertyInfo property);
}
