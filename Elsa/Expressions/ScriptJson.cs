using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace Elsa.Expressions.JavaScript;

/// <summary>
/// <c>JSON.stringify</c> that looks at the limits of the script at each property. The engine's own compares each value with all that it is
/// in, for a minute or an hour where they are deep enough, and nothing ends it.
/// </summary>
internal static class ScriptJson
{
    public static void Limit(Engine engine)
    {
        var json = engine.Global.Get("JSON").AsObject();
        var stringify = json.Get("stringify");
        json.Set("stringify", new ClrFunction(
            engine,
            "stringify",
            (self, arguments) => engine.Invoke(stringify, self, [arguments.At(0), Replacer(engine, arguments.At(1)), arguments.At(2)]),
            3));
    }

    /// <summary>Does what the script's own replacer does, a function or a list of names; of a list, names that are whole numbers come first.</summary>
    private static ClrFunction Replacer(Engine engine, JsValue replacer)
    {
        var names = replacer is JsArray list ? list.Where(name => name.IsString() || name.IsNumber()).Select(name => name.ToString()).Distinct(StringComparer.Ordinal).ToList() : null;
        return new(engine, "", (holder, arguments) =>
        {
            engine.Constraints.Check();
            var value = arguments.At(1);
            if (replacer.IsCallable())
                return engine.Invoke(replacer, holder, [arguments.At(0), value]);
            return names is not null && value is JsObject whole ? Listed(engine, whole, names) : value;
        });
    }

    private static JsObject Listed(Engine engine, ObjectInstance whole, IEnumerable<string> names)
    {
        var part = new JsObject(engine);
        foreach (var name in names.Where(name => whole.HasOwnProperty(name)))
            part.Set(name, whole.Get(name));
        return part;
    }
}
