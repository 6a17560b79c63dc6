using TongBan.Host.Papers.Pdf;

namespace TongBan.Host.Papers;

/// <summary>A4 pages that are written from top to bottom; a new one begins when the next thing does not fit.</summary>
internal sealed class PaperSheet(PdfDocument document)
{
    internal const double Left = 72;
    internal const double Right = 523;
    internal const double Width = Right - Left;
    private const double Top = 72;
    private const double Bottom = 774;
    private const double FootLine = 786;
    private const double FootText = 800;
    private const double Grey = 0.4;

    private static readonly (double Red, double Green, double Blue) Pale = (0.8, 0.8, 0.8);

    /// <summary>Where the next thing goes, in points from the top of the page.</summary>
    internal double Y { get; private set; }

    /// <summary>The page that is written.</summary>
    internal PdfPage Page => document.Pages[^1];

    /// <summary>Makes room; true when a new page began because there was not that much left.</summary>
    internal bool Need(double height)
    {
        if (document.Pages.Count > 0 && Y + height <= Bottom)
        {
            return false;
        }

        document.AddPage();
        Y = Top;
        return true;
    }

    internal void Skip(double height) => Y += height;

    /// <summary>Writes a paragraph.</summary>
    /// <param name="text">The text.</param>
    /// <param name="font">Its font.</param>
    /// <param name="lineHeight">From line to line, in points.</param>
    /// <param name="indent">How far the first line is moved in.</param>
    /// <param name="hanging">How far all lines but the first are moved in.</param>
    internal void Paragraph(string text, PaperFont font, double lineHeight, double indent = 0, double hanging = 0)
    {
        // A first line that hangs out to the left is one that is moved in by less than the others.
        var first = true;
        foreach (var line in ChineseLines.Break(text, Width - hanging, font.Measure, indent - hanging))
        {
            Need(lineHeight);
            Write(Page, line, font, Left + (first ? indent : hanging), Baseline(Y, lineHeight, font));
            Y += lineHeight;
            first = false;
        }
    }

    /// <summary>Writes one line in the middle of the page or at its right edge.</summary>
    internal void Line(string text, PaperFont font, double lineHeight, bool atRight = false)
    {
        Need(lineHeight);
        var width = font.Measure(text);
        Write(Page, text, font, atRight ? Right - width : Left + ((Width - width) / 2), Baseline(Y, lineHeight, font));
        Y += lineHeight;
    }

    /// <summary>Writes one row of a ruled table: a label and what it says.</summary>
    internal void Row(string label, string text, PaperFont labelFont, PaperFont font, double least)
    {
        const double labelWidth = 132;
        const double padding = 7;
        const double lineHeight = 18;
        var labels = ChineseLines.Break(label, labelWidth - (2 * padding), labelFont.Measure).ToList();
        var lines = ChineseLines.Break(text, Width - labelWidth - (2 * padding), font.Measure).ToList();
        var height = Math.Max(least, (Math.Max(labels.Count, lines.Count) * lineHeight) + padding);
        Need(height);
        Page.Fill(Left, Y, labelWidth, height, 0.95);
        Page.Frame(Left, Y, labelWidth, height, 0.6, Grey);
        Page.Frame(Left + labelWidth, Y, Width - labelWidth, height, 0.6, Grey);
        Cell(labels, labelFont, Left + padding);
        Cell(lines, font, Left + labelWidth + padding);
        Y += height;

        void Cell(List<string> content, PaperFont cellFont, double x)
        {
            var y = Y + ((height - (content.Count * lineHeight)) / 2);
            foreach (var line in content)
            {
                Write(Page, line, cellFont, x, Baseline(y, lineHeight, cellFont));
                y += lineHeight;
            }
        }
    }

    /// <summary>Writes the foot of every page: what the paper belongs to, and the page's number.</summary>
    internal void Foot(string text)
    {
        var font = document.Of(8.5);
        foreach (var (index, page) in document.Pages.Index())
        {
            var count = $"第{index + 1}页　共{document.Pages.Count}页";
            page.Rule(Left, Right, FootLine, 0.6, Pale);
            Write(page, text, font, Left, FootText, Grey);
            Write(page, count, font, Right - font.Measure(count), FootText, Grey);
        }
    }

    /// <summary>Says which characters the fonts lack, where any was written: the reader knows what 〓 stands for.</summary>
    internal void MissingNote(PaperFont font)
    {
        if (document.Missing is { Count: > 0 } missing)
            Paragraph($"注：“〓”处为字库未收的字，依次为 {string.Join('、', missing.Select(character => $"U+{character.Value:X4}"))}，写法以有效证件为准。", font, 18);
    }

    /// <summary>Writes a text where it belongs, whatever the flow.</summary>
    internal static void Write(PdfPage page, string text, PaperFont font, double x, double baseline, double grey = 0)
    {
        if (text.Length > 0)
        {
            font.Write(page, text, x, baseline, grey);
        }
    }

    /// <summary>The baseline that sets Chinese characters in the middle of a line.</summary>
    private static double Baseline(double y, double lineHeight, PaperFont font) => y + (lineHeight / 2) + (font.Size * 0.37);
}
