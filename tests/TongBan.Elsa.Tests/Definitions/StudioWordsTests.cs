using System.Text.Json.Nodes;
using Elsa.Definitions;
using Elsa.Extensions;
using Elsa.Workflows.Models;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Definitions;

/// <summary>Studio's dictionary has Chinese words for everything that it shows of the built-in activities.</summary>
public sealed class StudioWordsTests
{
    [Fact]
    public async Task Dictionary_HasTheWordsOfEveryBuiltInActivity()
    {
        var catalogue = (await WordsAsync())["catalogue"]!.AsObject();
        await using var services = new ServiceCollection().AddElsaRuntime().BuildServiceProvider();
        var registry = services.GetRequiredService<ActivityRegistry>();

        var shown = registry.List()
            .Where(descriptor => descriptor.IsBrowsable)
            .SelectMany(Texts)
            .OfType<string>()
            .Select(text => text.Trim())
            .Distinct(StringComparer.Ordinal);

        shown.Where(text => text.Length > 0 && !catalogue.ContainsKey(text)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Dictionary_HasTheWordsOfEveryPort()
    {
        var words = await WordsAsync();
        await using var services = new ServiceCollection().AddElsaRuntime().BuildServiceProvider();

        var shown = services.GetRequiredService<ActivityRegistry>().List()
            .Where(descriptor => descriptor.IsBrowsable)
            .SelectMany(descriptor => descriptor.Ports)
            .Where(port => port.IsBrowsable != false)
            .Select(port => port.DisplayName ?? port.Name)
            .Distinct(StringComparer.Ordinal)
            .ToList();

        shown.ShouldNotBeEmpty();
        shown.Where(port => !words["outcomes"]!.AsObject().ContainsKey(port) && !words["labels"]!.AsObject().ContainsKey(port)).ShouldBeEmpty();
    }

    private static async Task<JsonNode> WordsAsync() =>
        JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Root(), "Studio", "wwwroot", "words.zh-CN.json"), TestContext.Current.CancellationToken))!;

    private static IEnumerable<string?> Texts(ActivityDescriptor descriptor) =>
    [
        descriptor.DisplayName, descriptor.Description, descriptor.Category,
        .. descriptor.Inputs.Where(input => input.IsBrowsable != false).SelectMany(input => new[] { input.DisplayName, input.Description, input.Category }),
        .. descriptor.Outputs.Where(output => output.IsBrowsable != false).SelectMany(output => new[] { output.DisplayName, output.Description }),
    ];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TongBan.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
