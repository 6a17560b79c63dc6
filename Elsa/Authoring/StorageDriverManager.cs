namespace Elsa.Workflows;

/// <summary>The storage drivers that are registered.</summary>
public interface IStorageDriverManager
{
    /// <summary>The driver of a type; null when it is not registered.</summary>
    IStorageDriver? Get(Type type);

    /// <summary>All of them, in the order of their registration.</summary>
    IEnumerable<IStorageDriver> List();
}

/// <inheritdoc />
/// <param name="drivers">Those of the scope.</param>
public class StorageDriverManager(IEnumerable<IStorageDriver> drivers) : IStorageDriverManager
{
    /// <inheritdoc />
    public IStorageDriver? Get(Type type) => drivers.LastOrDefault(driver => driver.GetType() == type);

    /// <inheritdoc />
    public IEnumerable<IStorageDriver> List() => drivers;
}
