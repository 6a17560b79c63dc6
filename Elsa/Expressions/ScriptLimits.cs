using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Native.Symbol;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace Elsa.Expressions.JavaScript;

/// <summary>
/// Has those functions of the engine look at a script's limits that would go on without end in between two statements, or takes them away.
/// </summary>
internal static class ScriptLimits
{
    /// <summary>The longest list of a script: at eight bytes a place, all the memory that it may have.</summary>
    public const uint Places = 8 * 1024 * 1024;

    public static void Apply(Engine engine)
    {
        ScriptJson.Limit(engine);
        ScriptBytes.Limit(engine);
        engine.Global.Get("Array").AsObject().RemoveOwnProperty("fromAsync");
        LimitIterators(engine);
    }

    /// <summary>Lists iterate over whatever says that it has a length, and only an iterator of theirs can go on without end by itself.</summary>
    private static void LimitIterators(Engine engine)
    {
        var lists = engine.Global.Get("Array").Get("prototype").AsObject();
        foreach (var name in (JsValue[])["keys", "values", "entries", GlobalSymbolRegistry.Iterator])
        {
            var iterate = lists.Get(name);
            lists.Set(name, new ClrFunction(engine, name.ToString(), (self, _) => engine.Invoke(iterate, Short(self), [])));
        }
    }

    private static JsValue Short(JsValue list)
    {
        if (list is ObjectInstance && list.Get("length") is JsNumber length && length.AsNumber() > Places)
            throw new MemoryLimitExceededException($"A list has at most {Places} places.");
        return list;
    }
}
