using System.Globalization;
using System.Text;

namespace TongBan.Host.Papers.Pdf;

/// <summary>What the document says about itself.</summary>
internal sealed record PdfProperties(string Title, string Subject, string Author, DateOnly CreatedOn);

/// <summary>
/// A PDF of A4 pages with text, lines and rectangles. It has no clock and no chance in it: the same calls give the same bytes.
/// </summary>
internal sealed class PdfDocument(PdfProperties properties)
{
    internal const double PageWidth = 595.28;
    internal const double PageHeight = 841.89;

    private readonly List<PdfPage> _pages = [];
    private readonly Dictionary<string, PdfFont> _fonts = new(StringComparer.Ordinal);

    internal IReadOnlyList<PdfPage> Pages => _pages;

    /// <summary>The characters that were written though no font of the document has them, each once.</summary>
    internal IReadOnlyList<Rune> Missing => [.. _fonts.Values.SelectMany(font => font.Missing).Distinct()];

    internal PdfPage AddPage()
    {
        _pages.Add(new PdfPage());
        return _pages[^1];
    }

    /// <summary>A font of this document under the name by which pages select it.</summary>
    internal PdfFont Font(string key, string name, TrueTypeFont font, bool shapes = false)
    {
        if (!_fonts.TryGetValue(key, out var known))
        {
            _fonts[key] = known = new PdfFont(key, name, font, shapes);
        }

        return known;
    }

    internal byte[] Save()
    {
        using var objects = new PdfObjects();
        var fonts = string.Concat(_fonts.Values.Where(font => font.IsUsed).Select(font => $"/{font.Key} {font.WriteTo(objects)} 0 R"));
        var tree = objects.Reserve();
        var kids = _pages.Select(page =>
        {
            var content = objects.AddStream(page.Content());
            return objects.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {PageWidth} {PageHeight}]/Resources<</Font<<{fonts}>>>>/Contents {content} 0 R>>"));
        }).ToList();
        objects.Put(tree, $"<</Type/Pages/Count {kids.Count}/Kids[{string.Join(' ', kids.Select(kid => $"{kid} 0 R"))}]>>");
        var catalogue = objects.Add($"<</Type/Catalog/Pages {tree} 0 R/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>>>");
        var information = objects.Add(
            $"<</Title{PdfObjects.Text(properties.Title)}/Subject{PdfObjects.Text(properties.Subject)}/Author{PdfObjects.Text(properties.Author)}" +
            $"/Creator(TongBan)/CreationDate(D:{properties.CreatedOn.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}000000+08'00')>>");
        return objects.Finish(catalogue, information);
    }
}

/// <summary>One page; places are in points from its top left corner.</summary>
internal sealed class PdfPage
{
    private readonly StringBuilder _content = new();

    /// <summary>Writes a text with its baseline at <paramref name="y"/>.</summary>
    internal void Text(string glyphs, string font, double size, double x, double y, double grey) => _content.Append(
        CultureInfo.InvariantCulture, $"BT {grey:0.###} g /{font} {size:0.##} Tf {x:0.###} {Up(y):0.###} Td <{glyphs}> Tj ET\n");

    /// <summary>Writes glyphs each at its place.</summary>
    internal void Glyphs(IEnumerable<(string Glyph, double X, double Y)> glyphs, string font, double size, double grey)
    {
        _content.Append(CultureInfo.InvariantCulture, $"BT {grey:0.###} g /{font} {size:0.##} Tf\n");
        foreach (var (glyph, x, y) in glyphs)
            _content.Append(CultureInfo.InvariantCulture, $"1 0 0 1 {x:0.###} {Up(y):0.###} Tm <{glyph}> Tj\n");
        _content.Append("ET\n");
    }

    /// <summary>Fills a rectangle with a grey, 0 black to 1 white.</summary>
    internal void Fill(double x, double y, double width, double height, double grey) => _content.Append(
        CultureInfo.InvariantCulture, $"{grey:0.###} g {x:0.###} {Up(y + height):0.###} {width:0.###} {height:0.###} re f\n");

    /// <summary>Draws the outline of a rectangle.</summary>
    internal void Frame(double x, double y, double width, double height, double line, double grey) => _content.Append(
        CultureInfo.InvariantCulture, $"{grey:0.###} G {line:0.##} w {x:0.###} {Up(y + height):0.###} {width:0.###} {height:0.###} re S\n");

    /// <summary>Draws a level line in a colour, red, green and blue from 0 to 1.</summary>
    internal void Rule(double from, double to, double y, double line, (double Red, double Green, double Blue) colour) => _content.Append(
        CultureInfo.InvariantCulture,
        $"{colour.Red:0.###} {colour.Green:0.###} {colour.Blue:0.###} RG {line:0.##} w {from:0.###} {Up(y):0.###} m {to:0.###} {Up(y):0.###} l S\n");

    internal byte[] Content() => Encoding.ASCII.GetBytes(_content.ToString());

    private static double Up(double y) => PdfDocument.PageHeight - y;
}
