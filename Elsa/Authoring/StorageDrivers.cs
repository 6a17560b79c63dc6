using System.ComponentModel.DataAnnotations;
using Elsa.Expressions.Models;
using Elsa.Workflows.Memory;

namespace Elsa.Workflows
{
    /// <summary>
    /// Keeps the values of variables outside of their instance. An application registers its own by <c>AddStorageDriver</c>; definitions
    /// name them. Drivers are scoped: one that writes on the scope's connection commits together with the burst.
    /// </summary>
    public interface IStorageDriver
    {
        /// <summary>Its place in the designer's list, highest first.</summary>
        double Priority { get; }

        /// <summary>Words for what it holds; nothing here depends on them.</summary>
        IEnumerable<string> Tags { get; }

        /// <summary>Keeps a value, at the end of each burst in which the variable's container has not ended. What is thrown undoes the burst.</summary>
        /// <param name="id">The variable's id: unique in its container, not among instances.</param>
        /// <param name="value">The value, of the variable's type.</param>
        /// <param name="context">Whose variable it is.</param>
        ValueTask WriteAsync(string id, object value, StorageDriverContext context);

        /// <summary>The value as it was last written, when an instance is loaded. What is thrown undoes the burst.</summary>
        /// <param name="id">The variable's id.</param>
        /// <param name="context">Whose variable it is.</param>
        /// <returns>The value, which is brought to the variable's type; null leaves the variable its initial value.</returns>
        ValueTask<object?> ReadAsync(string id, StorageDriverContext context);

        /// <summary>Forgets a value: the variable was set to null, or its container has ended inside of its instance.</summary>
        /// <param name="id">The variable's id.</param>
        /// <param name="context">Whose variable it is.</param>
        ValueTask DeleteAsync(string id, StorageDriverContext context);
    }

    /// <summary>Whose variable a driver keeps.</summary>
    /// <param name="ExecutionContext">The execution that declares the variable. It knows its instance.</param>
    /// <param name="Variable">The variable as declared.</param>
    /// <param name="CancellationToken">Cancelled when the burst is given up.</param>
    public record StorageDriverContext(IExecutionContext ExecutionContext, Variable Variable, CancellationToken CancellationToken);

    /// <summary>What an instance and an execution of an activity have in common.</summary>
    public interface IExecutionContext
    {
        /// <summary>Of the instance, or of the execution.</summary>
        string Id { get; }

        /// <summary>The activity that runs; of an instance the workflow itself.</summary>
        IActivity Activity { get; }

        /// <summary>Its scope of memory.</summary>
        ExpressionExecutionContext ExpressionExecutionContext { get; }

        /// <summary>The variables it declares.</summary>
        IEnumerable<Variable> Variables { get; }

        /// <summary>Kept with the instance.</summary>
        IDictionary<string, object> Properties { get; }
    }

    /// <summary>The value is kept with the instance, in the same row and transaction as its state. The runtime does so itself; the methods keep values in the properties of whoever calls them.</summary>
    [Display(Name = "Workflow Instance")]
    public class WorkflowInstanceStorageDriver : IStorageDriver
    {
        /// <summary>The property under which the methods keep values.</summary>
        public const string VariablesDictionaryStateKey = "Variables";

        /// <inheritdoc />
        public double Priority => 5;

        /// <inheritdoc />
        public IEnumerable<string> Tags => [];

        /// <inheritdoc />
        public ValueTask WriteAsync(string id, object value, StorageDriverContext context)
        {
            Values(context)[id] = value;
            return default;
        }

        /// <inheritdoc />
        public ValueTask<object?> ReadAsync(string id, StorageDriverContext context) => new(Values(context).TryGetValue(id, out var value) ? value : null);

        /// <inheritdoc />
        public ValueTask DeleteAsync(string id, StorageDriverContext context)
        {
            Values(context).Remove(id);
            return default;
        }

        private static IDictionary<string, object> Values(StorageDriverContext context)
        {
            if (context.ExecutionContext.Properties.TryGetValue(VariablesDictionaryStateKey, out var known) && known is IDictionary<string, object> values)
                return values;
            var made = new Dictionary<string, object>(StringComparer.Ordinal);
            context.ExecutionContext.Properties[VariablesDictionaryStateKey] = made;
            return made;
        }
    }

    /// <summary>The value lasts as long as one burst; after a suspension the initial value is back.</summary>
    [Display(Name = "Memory")]
    public class MemoryStorageDriver : IStorageDriver
    {
        private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

        /// <inheritdoc />
        public double Priority => 0;

        /// <inheritdoc />
        public IEnumerable<string> Tags => [];

        /// <inheritdoc />
        public ValueTask WriteAsync(string id, object value, StorageDriverContext context)
        {
            _values[id] = value;
            return default;
        }

        /// <inheritdoc />
        public ValueTask<object?> ReadAsync(string id, StorageDriverContext context) => new(_values.GetValueOrDefault(id));

        /// <inheritdoc />
        public ValueTask DeleteAsync(string id, StorageDriverContext context)
        {
            _values.Remove(id);
            return default;
        }
    }
}

namespace Elsa.Extensions
{
    using Elsa.Workflows;
    using Microsoft.Extensions.DependencyInjection;

    /// <summary>Registers what an application adds to the engine.</summary>
    public static class ServiceCollectionExtensions
    {
        /// <summary>Makes a storage driver known to definitions and to the designer. One object serves one scope.</summary>
        public static IServiceCollection AddStorageDriver<T>(this IServiceCollection services) where T : class, IStorageDriver => services.AddScoped<IStorageDriver, T>();
    }
}
