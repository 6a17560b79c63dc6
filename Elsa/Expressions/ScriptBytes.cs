using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace Elsa.Expressions.JavaScript;

/// <summary>
/// Lists of bytes and numbers (<c>Uint8Array</c> and its kin) of limited length. The engine makes them of any length and sorts, searches and
/// joins them in one go, for minutes where they are long enough, and nothing ends it.
/// </summary>
internal static class ScriptBytes
{
    /// <summary>Their names.</summary>
    public static readonly string[] Kinds =
    [
        "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array",
        "Float16Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array",
    ];

    public static void Limit(Engine engine)
    {
        foreach (var kind in Kinds)
        {
            if (engine.Global.Get(kind) is Constructor genuine)
                engine.Global.FastSetProperty(kind, new PropertyDescriptor(new Limited(engine, kind, genuine), writable: true, enumerable: false, configurable: true));
        }
    }

    /// <summary>Makes what the engine's own makes, for new lists and for those that the engine derives from others.</summary>
    private sealed class Limited : Constructor
    {
        private readonly Constructor _genuine;

        public Limited(Engine engine, string kind, Constructor genuine)
            : base(engine, kind)
        {
            _genuine = genuine;
            Prototype = genuine.Prototype;
            foreach (var name in genuine.GetOwnPropertyKeys())
                DefineOwnProperty(name, genuine.GetOwnProperty(name));
            genuine.Get("prototype").AsObject().Set("constructor", this);
        }

        public override ObjectInstance Construct(JsValue[] arguments, JsValue newTarget)
        {
            var source = arguments.At(0);
            var length = source is ObjectInstance whole ? whole.Get("byteLength") : source;
            if (length.IsNumber() && length.AsNumber() > ScriptLimits.Places)
                throw new MemoryLimitExceededException($"A list of bytes or numbers has at most {ScriptLimits.Places} places.");
            return _genuine.Construct(arguments, newTarget);
        }
    }
}
