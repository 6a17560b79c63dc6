using Elsa.Expressions.Models;

namespace Elsa.Expressions.Models
{
    /// <summary>Extra values that one evaluation may see.</summary>
    public class ExpressionEvaluatorOptions
    {
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
        ValueTask<T?> EvaluateAsync<T>(Expression expression, ExpressionExecutionContext context, ExpressionEvaluatorOptions? options = default);

        ValueTask<object?> EvaluateAsync(Expression expression, Type returnType, ExpressionExecutionContext context, ExpressionEvaluatorOptions? options = default);
    }

    /// <summary>Evaluates expressions of one syntax.</summary>
    public interface IExpressionHandler
    {
        ValueTask<object?> EvaluateAsync(Expression expression, Type returnType, ExpressionExecutionContext context, ExpressionEvaluatorOptions options);
    }

    /// <summary>Short names of types, as definitions spell them (<c>String</c>, <c>Int32</c>, <c>ObjectDictionary</c>).</summary>
    public interface IWellKnownTypeRegistry
    {
        void RegisterType(Type type, string alias);

        bool TryGetAlias(Type type, out string alias);

        bool TryGetType(string alias, out Type type);

        IEnumerable<Type> ListTypes();
    }
}
