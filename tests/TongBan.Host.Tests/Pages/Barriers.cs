using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;

namespace TongBan.Host.Tests.Pages;

/// <summary>Looks for what keeps people with disabilities from using a page, by axe-core.</summary>
internal static class Barriers
{
    private static readonly Lazy<string> Axe = new(() =>
    {
        using var reader = new StreamReader(typeof(Barriers).Assembly.GetManifestResourceStream("axe.js")!);
        return reader.ReadToEnd();
    });

    /// <summary>Fails when the page has a barrier that is serious or worse.</summary>
    public static async Task ShouldBeNoneAsync(IPage page, string what)
    {
        await page.EvaluateAsync(Axe.Value + "; null");
        // A colour on its way from light to dark is neither.
        await page.EvaluateAsync("document.getAnimations().forEach(one => { try { one.finish(); } catch { one.cancel(); } })");
        var found = await page.EvaluateAsync<JsonElement>(
            """
            async () => (await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] })).violations
                .filter(one => ["serious", "critical"].includes(one.impact))
                .map(one => `${one.id}: ${one.help} at ${one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | ")}`)
            """);
        found.EnumerateArray().Select(one => one.GetString()).ShouldBeEmpty($"{what} at {page.Url}");
    }
}
