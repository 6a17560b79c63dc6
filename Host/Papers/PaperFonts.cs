using TongBan.Host.Papers.Pdf;

namespace TongBan.Host.Papers;

/// <summary>The fonts of all papers, Noto Sans SC, from the folder that the build puts beside the host; read once.</summary>
internal static class PaperFonts
{
    private static readonly Lazy<TrueTypeFont> Regular = new(() => Read("NotoSansSC_400Regular"));
    private static readonly Lazy<TrueTypeFont> Bold = new(() => Read("NotoSansSC_700Bold"));

    internal static PaperFont Of(this PdfDocument document, double size, bool bold = false) => bold
        ? new PaperFont("F2", document.Font("F2", "NotoSansSC-Bold", Bold.Value), size)
        : new PaperFont("F1", document.Font("F1", "NotoSansSC-Regular", Regular.Value), size);

    private static TrueTypeFont Read(string name) => new(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "fonts", $"{name}.ttf")));
}

/// <summary>A font of a document in one size.</summary>
/// <param name="Key">The name by which pages select it.</param>
/// <param name="Font">The font.</param>
/// <param name="Size">In points.</param>
internal sealed record PaperFont(string Key, PdfFont Font, double Size)
{
    internal double Measure(string text) => Font.Measure(text, Size);
}
