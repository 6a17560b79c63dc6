using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Elsa.Execution;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Jint;
using Jint.Native;
using Jint.Runtime.Interop;

namespace Elsa.Expressions.JavaScript;

/// <summary>The functions that scripts may call, under Elsa's names.</summary>
internal static class JavaScriptGlobals
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), Converters = { new JsonStringEnumConverter() } };

    /// <returns>The variables, whose changes are to be kept after the evaluation.</returns>
    public static JavaScriptVariables Register(Engine engine, ExpressionExecutionContext context, IReadOnlySet<string> names)
    {
        var variables = Variables(engine, context, names);
        Inputs(engine, context, names);
        Outputs(engine, context, names);
        Workflow(engine, context, names);
        Texts(engine, names);
        Types(engine, names);
        return variables;
    }

    /// <summary>What this one evaluation may see besides: each as <c>getX()</c>, all as members of <c>args</c>.</summary>
    public static void Arguments(Engine engine, IDictionary<string, object>? arguments)
    {
        var args = new JsObject(engine);
        foreach (var (name, value) in arguments ?? new Dictionary<string, object>(StringComparer.Ordinal))
        {
            engine.SetValue($"get{name}", (Func<JsValue>)(() => Value(engine, value)));
            args.Set(char.ToLowerInvariant(name[0]) + name[1..], Value(engine, value));
        }

        engine.SetValue("args", args);
    }

    private static void Add(Engine engine, IReadOnlySet<string> names, string name, Delegate function)
    {
        if (names.Contains(name))
            engine.SetValue(name, function);
    }

    private static JsValue Value(Engine engine, object? value) => JavaScriptValues.ToJs(engine, value);

    private static JavaScriptVariables Variables(Engine engine, ExpressionExecutionContext context, IReadOnlySet<string> names)
    {
        var variables = new JavaScriptVariables(engine, context);
        Add(engine, names, "getVariable", (Func<string, JsValue>)variables.Get);
        Add(engine, names, "setVariable", (Action<string, JsValue>)variables.Set);
        foreach (var variable in VariableScope.Enumerate(context).DistinctBy(variable => variable.Name, StringComparer.Ordinal))
        {
            var name = variable.Name;
            if (string.IsNullOrEmpty(name))
                continue;
            var pascal = PascalCase.Of(name);
            Add(engine, names, "get" + pascal, (Func<JsValue>)(() => variables.Get(name)));
            Add(engine, names, "set" + pascal, (Action<JsValue>)(value => variables.Set(name, value)));
        }

        if (names.Contains("variables"))
            engine.SetValue("variables", variables.ToObject());
        return variables;
    }

    private static void Inputs(Engine engine, ExpressionExecutionContext context, IReadOnlySet<string> names)
    {
        Add(engine, names, "getInput", (Func<string, JsValue>)(name => Value(engine, context.GetInput(name))));
        foreach (var name in DefinitionScope.InputNames(context))
        {
            Add(engine, names, "get" + name, (Func<JsValue>)(() => Value(engine, context.GetInput(name))));
            Add(engine, names, "get" + PascalCase.Of(name), (Func<JsValue>)(() => Value(engine, context.GetInput(name))));
        }
    }

    private static void Outputs(Engine engine, ExpressionExecutionContext context, IReadOnlySet<string> names)
    {
        Add(engine, names, "getOutputFrom", (Func<string, string?, JsValue>)((activity, output) => Value(engine, context.GetOutput(activity, output))));
        Add(engine, names, "getLastResult", (Func<JsValue>)(() => Value(engine, context.GetLastResult())));
        if (context.Workflow is not { } workflow)
            return;
        foreach (var name in names.Where(name => name.StartsWith("get", StringComparison.Ordinal) && name.Contains("From", StringComparison.Ordinal)))
        {
            var from = name.IndexOf("From", StringComparison.Ordinal);
            var activity = name[(from + 4)..];
            var node = workflow.Graph.Nodes.FirstOrDefault(node => string.Equals(PascalCase.Of(node.Activity.Name ?? node.Activity.Id), activity, StringComparison.OrdinalIgnoreCase));
            if (node is not null && name != "getOutputFrom")
                engine.SetValue(name, (Func<JsValue>)(() => Value(engine, context.GetOutput(node.Activity.Id, name[3..from]))));
        }
    }

    /// <summary>They are there where no workflow runs too, and say so when they are called.</summary>
    private static void Workflow(Engine engine, ExpressionExecutionContext context, IReadOnlySet<string> names)
    {
        Add(engine, names, "getWorkflowDefinitionId", (Func<string>)(() => context.GetWorkflowExecutionContext().Workflow.Identity.DefinitionId));
        Add(engine, names, "getWorkflowDefinitionVersionId", (Func<string>)(() => context.GetWorkflowExecutionContext().Workflow.Identity.Id));
        Add(engine, names, "getWorkflowDefinitionVersion", (Func<int>)(() => context.GetWorkflowExecutionContext().Workflow.Identity.Version));
        Add(engine, names, "getWorkflowInstanceId", (Func<string>)(() => context.GetWorkflowExecutionContext().Id));
        Add(engine, names, "getWorkflowInstanceName", (Func<string?>)(() => context.GetWorkflowExecutionContext().Name));
        Add(engine, names, "setWorkflowInstanceName", (Action<string?>)(value => context.GetWorkflowExecutionContext().Name = value));
        Add(engine, names, "getCorrelationId", (Func<string?>)(() => context.GetWorkflowExecutionContext().CorrelationId));
        Add(engine, names, "setCorrelationId", (Action<string?>)(value => context.GetWorkflowExecutionContext().CorrelationId = value));
        Add(engine, names, "createEventTriggerUrl", (Func<string, JsValue?, string>)((name, until) => Link(context, name, until?.ToObject())));
    }

    private static string Link(ExpressionExecutionContext context, string eventName, object? until) => until switch
    {
        TimeSpan lifetime => context.GenerateEventTriggerUrl(eventName, lifetime),
        string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var lifetime) => context.GenerateEventTriggerUrl(eventName, lifetime),
        DateTimeOffset end => context.GenerateEventTriggerUrl(eventName, end),
        DateTime end => context.GenerateEventTriggerUrl(eventName, new DateTimeOffset(end)),
        null => context.GenerateEventTriggerUrl(eventName),
        _ => throw new ArgumentException("A link ends after a TimeSpan or at a date.", nameof(until)),
    };

    private static void Texts(Engine engine, IReadOnlySet<string> names)
    {
        Add(engine, names, "isNullOrWhiteSpace", (Func<string?, bool>)string.IsNullOrWhiteSpace);
        Add(engine, names, "isNullOrEmpty", (Func<string?, bool>)string.IsNullOrEmpty);
        Add(engine, names, "toJson", (Func<JsValue, string>)(value => JsonSerializer.Serialize(JavaScriptValues.ToClr(engine, value), Readable)));
        Add(engine, names, "parseGuid", (Func<string, Guid>)(value => Guid.Parse(value)));
        Add(engine, names, "newGuid", (Func<Guid>)Guid.NewGuid);
        Add(engine, names, "newGuidString", (Func<string>)(() => Guid.NewGuid().ToString()));
        Add(engine, names, "getGuidString", (Func<string>)(() => Guid.NewGuid().ToString()));
        Add(engine, names, "newShortGuid", (Func<string>)ShortGuid);
        Add(engine, names, "getShortGuid", (Func<string>)ShortGuid);
        Add(engine, names, "bytesToString", (Func<byte[], string>)Encoding.UTF8.GetString);
        Add(engine, names, "bytesFromString", (Func<string, byte[]>)Encoding.UTF8.GetBytes);
        Add(engine, names, "bytesToBase64", (Func<byte[], string>)Convert.ToBase64String);
        Add(engine, names, "bytesFromBase64", (Func<string, byte[]>)Convert.FromBase64String);
        Add(engine, names, "stringToBase64", (Func<string, string>)(value => Convert.ToBase64String(Encoding.UTF8.GetBytes(value))));
        Add(engine, names, "stringFromBase64", (Func<string, string>)(value => Encoding.UTF8.GetString(Convert.FromBase64String(value))));
        Add(engine, names, "streamToBytes", (Func<Stream, byte[]>)Bytes);
        Add(engine, names, "streamToBase64", (Func<Stream, string>)(value => Convert.ToBase64String(Bytes(value))));
    }

    /// <summary>The types that scripts may name: of times, ids and chance. Nothing leads from them to any other.</summary>
    private static void Types(Engine engine, IReadOnlySet<string> names)
    {
        foreach (var type in (Type[])[typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeSpan), typeof(Guid), typeof(Random), typeof(Elsa.Workflows.LogPersistence.LogPersistenceMode)])
        {
            if (names.Contains(type.Name))
                engine.SetValue(type.Name, TypeReference.CreateTypeReference(engine, type));
        }
    }

    private static byte[] Bytes(Stream stream)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string ShortGuid() => Convert.ToBase64String(Guid.NewGuid().ToByteArray()).TrimEnd('=').Replace("/", "", StringComparison.Ordinal).Replace("+", "", StringComparison.Ordinal);
}
