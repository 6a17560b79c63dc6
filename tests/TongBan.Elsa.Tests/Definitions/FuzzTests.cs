using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Elsa.Definitions;
using Elsa.Expressions.Helpers;
using Elsa.Expressions.Models;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Exceptions;
using Elsa.Workflows.Models;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Definitions;

/// <summary>Whatever a definition holds, only the documented exceptions get out. The seeds are fixed: a failure comes again.</summary>
public sealed class FuzzTests
{
    private const string Seed = "0000KOIPe036";

    private static readonly string[] Names =
    [
        "id", "nodeId", "name", "type", "version", "root", "activities", "connections", "source", "target", "activity", "port", "vertices", "x", "variables", "inputs", "outputs", "outcomes", "options",
        "customProperties", "metadata", "text", "expression", "value", "memoryReference", "typeName", "isArray", "storageDriverTypeName", "cases", "label", "condition", "expectedStatusCodes", "statusCode",
        "originalActivityJson", "workflowDefinitionVersionId", "activationStrategyType", "canStartWorkflow", "body", "start", "mode", "supportedMethods",
    ];

    private static readonly string[] Texts =
    [
        "", "a", "Elsa.Flowchart", "Elsa.WriteLine", "Elsa.FlowSwitch", "Elsa.Switch", "Elsa.If", "Elsa.Sequence", "Elsa.HttpEndpoint", "Elsa.SendHttpRequest", "Elsa.NotFoundActivity", "Elsa.Delay", "Elsa.ForEach",
        "Literal", "Object", "JavaScript", "Variable", "Input", "Liquid", "Int32", "List<String>", "DateTimeOffset", "Nope", "{}", "[", "{\"type\":\"Elsa.Fork\"}", "\u0000", "\uD800", "12", "00:00:05",
    ];

    private static readonly Type[] Targets =
    [
        typeof(object), typeof(string), typeof(bool), typeof(int), typeof(long?), typeof(double), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeSpan), typeof(Uri),
        typeof(DayOfWeek), typeof(byte[]), typeof(Type), typeof(JsonElement), typeof(JsonNode), typeof(ICollection<string>), typeof(ICollection<int>), typeof(int[]), typeof(HashSet<string>), typeof(IDictionary<string, object>),
        typeof(Dictionary<string, string>), typeof(global::Elsa.Http.HttpHeaders), typeof(System.Dynamic.ExpandoObject),
    ];

    private static readonly Gen<string> Text = Gen.Frequency((3, OneOf(Texts)), (1, Gen.String[0, 12]));

    private static readonly Gen<JsonNode?> Node = Gen.Recursive<JsonNode?>((depth, inner) => depth > 5
        ? Leaf
        : Gen.Frequency(
            (2, Leaf),
            (2, inner.Array[0, 4].Select(items => (JsonNode?)new JsonArray(items))),
            (4, Gen.Select(Gen.Frequency((9, OneOf(Names)), (1, Gen.String[0, 5])), inner).Array[0, 7].Select(members => (JsonNode?)ToObject(members)))));

    private static Gen<JsonNode?> Leaf => Gen.Frequency(
        (4, Text.Select(text => (JsonNode?)JsonValue.Create(text))),
        (1, Gen.Int.Select(number => (JsonNode?)JsonValue.Create(number))),
        (1, Gen.Double.Where(double.IsFinite).Select(number => (JsonNode?)JsonValue.Create(number))),
        (1, Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag))),
        (1, Gen.Const((JsonNode?)null)));

    [Fact]
    public void Reader_OfAnyJson_ReadsItOrSaysThatItIsNone() => Each(
        Node,
        3000,
        node =>
        {
            var model = new JsonObject { ["definitionId"] = "fuzz", ["root"] = node?.DeepClone() };
            if (model["root"] is JsonObject root)
                root["type"] = Texts[2 + (Math.Abs(root.Count) % 11)];
            try
            {
                MemoryRun.Compile(JsonSerializer.Serialize(model));
            }
            catch (JsonException)
            {
                // The documented answer.
            }
        });

    [Fact]
    public void Parser_OfAnyText_ReadsItOrSaysThatItIsNone() => Each(
        Gen.OneOf(Gen.String[0, 60], Gen.Char["{}[]\",:0a "].Array[0, 60].Select(letters => new string(letters))),
        5000,
        text =>
        {
            try
            {
                DefinitionText.Parse(text);
            }
            catch (JsonException)
            {
                // The documented answer.
            }
        });

    [Fact]
    public void Converter_OfAnyValue_ConvertsItOrSaysThatItIsNoJson() => Each(
        Gen.Select(Node, Text, OneOf(Targets), Gen.Int[0, 3]),
        5000,
        sample =>
        {
            var (node, text, target, form) = sample;
            object? value = form switch { 0 => text, 1 => node, 2 => node is null ? null : JsonSerializer.SerializeToElement(node), _ => node is null ? null : JsonValues.Read(JsonSerializer.SerializeToElement(node)) };
            try
            {
                value.ConvertTo(target);
            }
            catch (JsonException)
            {
                // The documented answer.
            }
        });

    [Theory]
    [InlineData("JavaScript")]
    [InlineData("Liquid")]
    [InlineData("Literal")]
    [InlineData("Object")]
    [InlineData("Nonsense")]
    public async Task Input_OfAnyExpression_IsEvaluatedOrIsAnIncident(string syntax)
    {
        string[] words = ["a", "1", "+", "(", ")", "{", "}", "{{", "}}", "{%", "%}", "if", "for", "in", "return ", "throw ", "null", "undefined", ".", "=>", "'", "getVariable('N')", "Variables.N", "|", "date", "[", "]", ";", "new Error()", "while(true){}", "x".PadLeft(3, 'x')];
        var texts = new List<string>();
        Each(OneOf(words).Array[0, 8].Select(string.Concat), 150, texts.Add);

        foreach (var text in texts.Where(text => !text.Contains("while", StringComparison.Ordinal)).Append("while(true){}"))
        {
            WorkflowGraph graph;
            try
            {
                graph = MemoryRun.Compile(new WriteLine(new Input<string>(new Expression(syntax, text), new MemoryBlockReference())));
            }
            catch (JsonException)
            {
                continue;
            }

            var run = await MemoryRun.StartAsync(graph);
            foreach (var incident in run.Workflow.Incidents)
                incident.Exception!.Type.ShouldBe(typeof(InputEvaluationException), text);
        }
    }

    /// <summary>Always the same samples: the library's own loop takes only the first from the seed.</summary>
    private static void Each<T>(Gen<T> gen, int count, Action<T> check)
    {
        var random = PCG.Parse(Seed);
        for (var i = 0; i < count; i++)
            check(gen.Generate(random, null, out _));
    }

    private static Gen<T> OneOf<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static JsonObject ToObject((string Name, JsonNode? Value)[] members)
    {
        var result = new JsonObject();
        foreach (var (name, value) in members)
            result[name] = value?.DeepClone();
        return result;
    }
}
