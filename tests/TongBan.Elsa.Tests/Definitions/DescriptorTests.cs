using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Elsa.Api;
using Elsa.Definitions;
using Elsa.Expressions;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using TongBan.Elsa.Tests.Conformance;
using Xunit;

namespace TongBan.Elsa.Tests.Definitions;

/// <summary>What the designer is told of our activity types is what the original tells it, for every type that both have.</summary>
public sealed partial class DescriptorTests(ElsaDatabase database) : IClassFixture<ElsaDatabase>
{
    /// <summary>Differences that are meant, by the beginning of their path; docs/elsa-differences.md says why.</summary>
    private static readonly string[] Meant =
    [
        "Elsa.BulkDispatchWorkflows inputs ChannelName uiSpecifications",
        "Elsa.DispatchWorkflow inputs ChannelName uiSpecifications",
        "Elsa.DownloadHttpFile inputs Authorization isSensitive",
        "Elsa.FlowSendHttpRequest customProperties Resilien",
        "Elsa.SendHttpRequest customProperties Resilien",
        "Elsa.HttpEndpoint inputs Path uiSpecifications",
        "Elsa.WriteHttpResponse inputs StatusCode uiSpecifications",
    ];

    [Fact]
    public async Task Descriptors_OfTypesThatTheOriginalHas_AreItsOwn()
    {
        if (RecordingsAttribute.Folder is null)
            Assert.Skip("There are no recordings here; name their folder in TONGBAN_ELSA_RECORDINGS.");
        var file = Path.Combine(RecordingsAttribute.Folder!, "..", "api", "020-descriptors-activities.json");
        var recorded = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!["response"]!["items"]!.AsArray().ToDictionary(item => item!["typeName"]!.GetValue<string>(), item => item!.AsObject(), StringComparer.Ordinal);
        await using var runtime = new TestRuntime(database.Source);
        var types = runtime.Services.GetRequiredService<WellKnownTypeRegistry>();
        var differences = new List<string>();

        foreach (var descriptor in runtime.Services.GetRequiredService<ActivityRegistry>().List())
        {
            if (recorded.TryGetValue(descriptor.TypeName, out var original))
                Compare(descriptor.TypeName, Canonical(original), Canonical(ActivityDescriptorView.Of(descriptor, types)), differences);
        }

        differences.Where(difference => !Array.Exists(Meant, meant => difference.StartsWith(meant, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    private static void Compare(string path, JsonNode? original, JsonNode? own, List<string> differences)
    {
        switch (original, own)
        {
            case (JsonObject left, JsonObject right):
                foreach (var name in left.Select(member => member.Key).Union(right.Select(member => member.Key), StringComparer.Ordinal))
                    Compare($"{path} {name}", left[name], right[name], differences);
                break;
            case (JsonArray left, JsonArray right) when left.Count == right.Count:
                for (var i = 0; i < left.Count; i++)
                    Compare($"{path} {(left[i] as JsonObject)?["name"]?.ToString() ?? i.ToString(CultureInfo.InvariantCulture)}", left[i], right[i], differences);
                break;
            default:
                if (!JsonNode.DeepEquals(original, own))
                    differences.Add($"{path}: {Short(original)} is here {Short(own)}");
                break;
        }
    }

    private static string Short(JsonNode? node) => node?.ToJsonString() is { } text ? text.Length > 300 ? text[..300] : text : "nothing";

    /// <summary>CLR names are no part of the contract: the designer hands them back unread.</summary>
    private static JsonObject Canonical(JsonObject descriptor)
    {
        var copy = JsonNode.Parse(descriptor.ToJsonString())!.AsObject();
        copy.Remove("clrType");
        copy["customProperties"]!.AsObject().Remove("Type");
        return JsonNode.Parse(ClrName().Replace(copy.ToJsonString(), "\"a CLR type\""))!.AsObject();
    }

    [GeneratedRegex("\"UnregisteredClrType:[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex ClrName();
}
