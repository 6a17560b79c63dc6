using System.Collections.Concurrent;

namespace Elsa.Expressions.JavaScript;

/// <summary>Parsed scripts by their text, for scripts that an expression made. Emptied when it grows large: texts can be built at run time.</summary>
internal sealed class ScriptCache
{
    private const int Limit = 1000;
    private readonly ConcurrentDictionary<string, JavaScriptEvaluator.CompiledScript> _scripts = new(StringComparer.Ordinal);

    public JavaScriptEvaluator.CompiledScript GetOrAdd(string text, Func<string, JavaScriptEvaluator.CompiledScript> compile)
    {
        if (_scripts.Count >= Limit)
            _scripts.Clear();
        return _scripts.GetOrAdd(text, compile);
    }
}
