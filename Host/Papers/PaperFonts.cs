using TongBan.Host.Papers.Pdf;

namespace TongBan.Host.Papers;

/// <summary>
/// The fonts of all papers, from the folder <c>fonts</c> beside the host; read once. Noto Sans SC is the main one. All others there stand in
/// for what it lacks, in the order of their names: those that the build brings, and the TrueType fonts that a city adds.
/// </summary>
internal static class PaperFonts
{
    private const string Main = "NotoSansSC_";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "fonts");
    private static readonly Lazy<TrueTypeFont> Regular = new(() => Read($"{Main}400Regular.ttf"));
    private static readonly Lazy<TrueTypeFont> Bold = new(() => Read($"{Main}700Bold.ttf"));
    private static readonly Lazy<IReadOnlyList<(string Name, TrueTypeFont Font)>> StandIns = new(() =>
    [
        .. Directory.EnumerateFiles(Folder, "*.ttf").Select(file => Path.GetFileName(file)).Where(file => !file.StartsWith(Main, StringComparison.Ordinal))
            .OrderByDescending(file => file.StartsWith("Noto", StringComparison.Ordinal)).ThenBy(file => file, StringComparer.Ordinal)
            .Select(file => (PdfFont.NameOf(file), Read(file))),
    ]);

    internal static PaperFont Of(this PdfDocument document, double size, bool bold = false) => new(
        bold ? document.Font("F2", "NotoSansSC-Bold", Bold.Value) : document.Font("F1", "NotoSansSC-Regular", Regular.Value),
        () => [.. StandIns.Value.Select((font, index) => document.Font($"S{index + 1}", font.Name, font.Font, shapes: true))],
        size);

    private static TrueTypeFont Read(string file) => new(File.ReadAllBytes(Path.Combine(Folder, file)));
}

/// <summary>A font of a document in one size, with those that stand in for it.</summary>
/// <param name="Main">The font.</param>
/// <param name="StandIns">Fonts for what the main one lacks, in order.</param>
/// <param name="Size">In points.</param>
internal sealed record PaperFont(PdfFont Main, Func<IReadOnlyList<PdfFont>> StandIns, double Size)
{
    internal double Measure(string text) => FontRuns.Of(text, Main, StandIns).Sum(run => run.Font.Measure(run.Text, Size));

    internal void Write(PdfPage page, string text, double x, double baseline, double grey)
    {
        foreach (var run in FontRuns.Of(text, Main, StandIns))
        {
            run.Font.Write(page, run.Text, Size, x, baseline, grey);
            x += run.Font.Measure(run.Text, Size);
        }
    }
}
