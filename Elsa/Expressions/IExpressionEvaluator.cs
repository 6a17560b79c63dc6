using Elsa.Expressions.Models;

namespace Elsa.Expressions.Models
{
    /// <summary>Extra values that one evaluation may see.</summary>
    public class ExpressionEvaluatorOptions
    {
        /// <summary>No extra values.</summary>
        public static readonly ExpressionEvaluatorOptions Empty = new();

        /// <summary>Named values, readable by name in the syntaxes that have names.</summary>
        public IDictionary<string, object> Arguments { get; set; } = new Dictionary<string, object>(StringComparer.Ordinal);
    }
}

namespace Elsa.Expressions.Contracts
{
    /// <summary>Evaluates an expression of any syntax and converts the outcome.</summary>
    public interface IExpressionEvaluator
    {
        /// <summary>The value, converted to <typeparamref name="T"/>; the type's default where the conversion is not possible, as in Elsa.</summary>
        /// <exception cref="NotSupportedException">The host knows no such syntax.</exception>
        ValueTask<T?> EvaluateAsync<T>(Expression expression, ExpressionExecutionContext context, ExpressionEvaluatorOptions? options = default);

        /// <summary>The value, converted to <paramref name="returnType"/>; the type's default where the conversion is not possible, as in Elsa.</summary>
        /// <exception cref="NotSupportedException">The host knows no such syntax.</exception>
        ValueTask<object?> EvaluateAsync(Expression expression, Type returnType, ExpressionExecutionContext context, ExpressionEvaluatorOptions? options = default);
    }

    /// <summary>Evaluates expressions of one syntax.</summary>
    public interface IExpressionHandler
    {
        /// <summary>The value. <paramref name="returnType"/> says what it is wanted for; the evaluator converts what comes back. What is thrown becomes the incident of the activity.</summary>
        ValueTask<object?> EvaluateAsync(Expression expression, Type returnType, ExpressionExecutionContext context, ExpressionEvaluatorOptions options);
    }

    /// <summary>Short names of types, as definitions spell them (<c>String</c>, <c>Int32</c>, <c>ObjectDictionary</c>).</summary>
    public interface IWellKnownTypeRegistry
    {
        /// <summary>Makes definitions spell <paramref name="type"/> as <paramref name="alias"/>; a later registration of either replaces it.</summary>
        void RegisterType(Type type, string alias);

        /// <summary>The short name of a type; false when it has none.</summary>
        bool TryGetAlias(Type type, out string alias);

        /// <summary>The type of a short name, whatever its case; false when there is none.</summary>
        bool TryGetType(string alias, out Type type);

        /// <summary>Every type that has a short name, once.</summary>
        IEnumerable<Type> ListTypes();
    }
}
