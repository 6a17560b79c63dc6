using System.Text.Json;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Jint;
using Jint.Native;
using Jint.Runtime.Descriptors;

namespace Elsa.Expressions.JavaScript;

/// <summary>
/// The variables as one evaluation sees them. An object or a list is the same each time that the script asks for it, and what
/// the script changes inside of it is the variable's when the script is done.
/// </summary>
internal sealed class JavaScriptVariables(Engine engine, ExpressionExecutionContext context)
{
    private readonly Dictionary<string, (JsValue Value, string Before)> _seen = new(StringComparer.Ordinal);

    public JsValue Get(string name)
    {
        if (_seen.TryGetValue(name, out var seen))
            return seen.Value;
        var value = JavaScriptValues.ToJs(engine, context.GetVariable<object>(name));
        Remember(name, value);
        return value;
    }

    public void Set(string name, JsValue value)
    {
        context.SetVariableInScope(name, JavaScriptValues.ToClr(engine, value));
        _seen.Remove(name);
        Remember(name, value);
    }

    /// <summary>An object whose members are the variables: reading and assigning them reads and sets the variables.</summary>
    public JsObject ToObject()
    {
        var variables = new JsObject(engine);
        foreach (var name in context.GetVariableNamesInScope())
        {
            var get = JsValue.FromObject(engine, (Func<JsValue>)(() => Get(name)));
            var set = JsValue.FromObject(engine, (Action<JsValue>)(value => Set(name, value)));
            variables.DefineOwnProperty(name, new GetSetPropertyDescriptor(get, set, enumerable: true, configurable: true));
        }

        return variables;
    }

    /// <summary>Sets the variables whose objects and lists the script has changed.</summary>
    public void KeepChanges()
    {
        foreach (var (name, (value, before)) in _seen)
        {
            if (Text(value) != before)
                context.SetVariableInScope(name, JavaScriptValues.ToClr(engine, value));
        }
    }

    private void Remember(string name, JsValue value)
    {
        if (value is JsObject or JsArray)
            _seen[name] = (value, Text(value));
    }

    private string Text(JsValue value) => JsonSerializer.Serialize(JavaScriptValues.ToClr(engine, value), JsonValues.NamedEnums);
}
