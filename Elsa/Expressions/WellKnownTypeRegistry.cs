using System.Dynamic;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Elsa.Expressions.Contracts;
using Elsa.Http;
using Elsa.Workflows.Activities.Flowchart.Models;
using Elsa.Workflows.Runtime;
using Microsoft.AspNetCore.Http;

namespace Elsa.Expressions;

/// <summary>The aliases of this host: Elsa's own and those an application registers.</summary>
internal sealed class WellKnownTypeRegistry : IWellKnownTypeRegistry
{
    private const string Unregistered = "UnregisteredClrType:";

    private static readonly Dictionary<Type, string> Collections = new()
    {
        [typeof(IEnumerable<>)] = "List",
        [typeof(ICollection<>)] = "List",
        [typeof(IList<>)] = "List",
        [typeof(IReadOnlyCollection<>)] = "List",
        [typeof(IReadOnlyList<>)] = "List",
        [typeof(List<>)] = "List",
        [typeof(ISet<>)] = "HashSet",
        [typeof(HashSet<>)] = "HashSet",
    };

    private readonly Dictionary<string, Type> _types = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Type, string> _aliases = [];

    public WellKnownTypeRegistry()
    {
        foreach (var type in (Type[])[typeof(object), typeof(string), typeof(bool), typeof(short), typeof(int), typeof(long), typeof(float), typeof(double), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeSpan), typeof(Stream), typeof(JsonElement), typeof(JsonNode), typeof(JsonObject), typeof(JsonArray)])
            RegisterType(type, type.Name);
        RegisterType(typeof(byte[]), "ByteArray");
        RegisterType(typeof(ExpandoObject), "JSON");
        RegisterType(typeof(IDictionary<string, string>), "StringDictionary");
        RegisterType(typeof(IDictionary<string, object>), "ObjectDictionary");
        RegisterType(typeof(Dictionary<string, string>), "StringMap");
        RegisterType(typeof(Dictionary<string, object>), "ObjectMap");
        RegisterType(typeof(ExecuteWorkflowResult), nameof(ExecuteWorkflowResult));
        RegisterType(typeof(FlowJoinMode), nameof(FlowJoinMode));
        RegisterType(typeof(HttpRequest), nameof(HttpRequest));
        RegisterType(typeof(HttpResponseMessage), nameof(HttpResponseMessage));
        RegisterType(typeof(HttpHeaders), nameof(HttpHeaders));
        RegisterType(typeof(HttpStatusCode), nameof(HttpStatusCode));
        RegisterType(typeof(HttpFile), nameof(HttpFile));
        RegisterType(typeof(IFormFile), "FormFile");
        RegisterType(typeof(IFormFile[]), "FormFile[]");
        _types["Long"] = typeof(long);
    }

    public void RegisterType(Type type, string alias)
    {
        _types[alias] = type;
        _aliases[type] = alias;
    }

    public bool TryGetAlias(Type type, out string alias) => _aliases.TryGetValue(type, out alias!);

    public bool TryGetType(string alias, out Type type) => _types.TryGetValue(alias, out type!);

    public IEnumerable<Type> ListTypes() => _types.Values.Distinct();

    /// <summary>The name a definition writes for a type, lists and arrays included; never fails.</summary>
    public string NameOf(Type type)
    {
        if (TryGetAlias(type, out var alias))
            return alias;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return NameOf(underlying);
        if (type.IsArray && NameOf(type.GetElementType()!) is var element && IsKnown(element))
            return element + "[]";
        if (type is { IsGenericType: true, GenericTypeArguments: [var item] } && Collections.TryGetValue(type.GetGenericTypeDefinition(), out var collection) && NameOf(item) is var name && IsKnown(name))
            return $"{collection}<{name}>";
        return $"{Unregistered}{type}, {type.Assembly.GetName().Name}";
    }

    /// <summary>The name of a type, or of what it is an array of: the designer offers the two apart, and knows no name of an array.</summary>
    public (string Name, bool IsArray) ItemNameOf(Type type) =>
        type.IsArray && type != typeof(byte[]) ? (NameOf(type.GetElementType()!), true) : (NameOf(type), false);

    /// <summary>The type a definition means; null when this host does not know it.</summary>
    public Type? Find(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return null;
        if (_types.TryGetValue(name, out var type))
            return type;
        if (name.EndsWith("[]", StringComparison.Ordinal))
            return Find(name[..^2])?.MakeArrayType();
        if (name.StartsWith("List<", StringComparison.Ordinal) && name.EndsWith('>'))
            return Find(name[5..^1]) is { } item ? typeof(List<>).MakeGenericType(item) : null;
        if (name.StartsWith("HashSet<", StringComparison.Ordinal) && name.EndsWith('>'))
            return Find(name[8..^1]) is { } member ? typeof(HashSet<>).MakeGenericType(member) : null;
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        return comma < 0 ? null : _types.GetValueOrDefault(name[(name.LastIndexOf('.', comma) + 1)..comma]);
    }

    private static bool IsKnown(string name) => !name.StartsWith(Unregistered, StringComparison.Ordinal);
}
