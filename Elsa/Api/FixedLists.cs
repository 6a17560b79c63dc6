using System.Text.Json;
using Elsa.Workflows.ActivationValidators;
using Elsa.Workflows.Runtime.ActivationValidators;

namespace Elsa.Api;

/// <summary>Answers that depend on nothing but this version of the runtime.</summary>
internal static class FixedLists
{
    public static readonly IReadOnlyList<(string Path, string Permission, string Json)> All =
    [
        ("/descriptors/expression-descriptors", "read:expression-descriptors", Counted([Syntax("Literal", false), Syntax("Object", false, "json"), Syntax("Variable", true), Syntax("Input", true), Syntax("JavaScript", true, "javascript"), Syntax("Liquid", true, "liquid")])),
        ("/descriptors/variables", "read:variable-descriptors", Text(new { items = (object[])[
            .. Types("Primitives", ("Object", "Any value."), ("String", "Text."), ("Boolean", "True or false."), ("Int32", "A whole number of 32 bits."), ("Int64", "A whole number of 64 bits."),
                ("Single", "A floating-point number of 32 bits."), ("Double", "A floating-point number of 64 bits."), ("Decimal", "A decimal number."), ("Guid", "A globally unique id."),
                ("DateTime", "A date and time."), ("DateTimeOffset", "A date and time with its offset."), ("TimeSpan", "A length of time.")),
            .. Types("Lookups", ("StringDictionary", "Texts by name."), ("ObjectDictionary", "Values by name.")),
            .. Types("Dynamic", ("JSON", "JSON whose members are read by name."), ("JsonElement", "JSON to read."), ("JsonNode", "JSON to read and write."), ("JsonObject", "A JSON object to read and write.")),
            .. Types("Data", ("ByteArray", "Bytes.")),
        ] })),
        // By the names that definitions are answered with: Studio compares the two, and shows the first where it finds none.
        ("/descriptors/workflow-activation-strategies", "read:workflow-activation-strategies", Counted([
            Activation("Always", "Every start is allowed.", nameof(AllowAlwaysStrategy)),
            Activation("Correlated singleton", "One running instance of this definition for each correlation ID.", nameof(CorrelatedSingletonStrategy)),
            Activation("Correlation", "One running instance of any definition for each correlation ID.", nameof(CorrelationStrategy)),
            Activation("Singleton", "One running instance of this definition.", nameof(SingletonStrategy)),
        ])),
        // Studio shows the first where nothing is chosen, so the first must be what then holds.
        ("/descriptors/log-persistence-strategies", "read:log-persistence-strategies", Counted([LogPersistence("Inherit"), LogPersistence("Include"), LogPersistence("Exclude")])),
        ("/descriptors/commit-strategies/workflows", "read:commit-strategies", Counted([])),
        ("/descriptors/commit-strategies/activities", "read:commit-strategies", Counted([])),
        ("/resilience/strategies", "read:resilience:strategies", Counted([])),
    ];

    private static string Text(object value) => JsonSerializer.Serialize(value, ApiJson.Options);

    private static string Counted(object[] items) => Text(new { items, count = items.Length });

    private static object Syntax(string type, bool isBrowsable, string? language = null)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        if (language is not null)
            properties["MonacoLanguage"] = language;
        return new { type, displayName = type, isSerializable = true, isBrowsable, properties };
    }

    private static object[] Types(string category, params (string Name, string Description)[] types) => [.. types.Select(type => new { typeName = type.Name, displayName = type.Name, category, description = type.Description })];

    private static object Activation(string displayName, string description, string typeName) => new { displayName, description, typeName };

    private static object LogPersistence(string name) => new { displayName = name, description = "", typeName = $"Elsa.Workflows.LogPersistence.Strategies.{name}, Elsa.Workflows.Core" };
}
