using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using MiniExcelLibs;
using TongBan.Domain;

namespace TongBan.Host.Sheets;

/// <summary>The file is no sheet, or one that is not read.</summary>
internal sealed record SheetUnreadable(string Problem) : Refusal(RefusalKind.Invalid, "sheet_unreadable", Problem, "file");

/// <summary>Reads sheets that people upload: CSV in UTF-8 or GB18030, or XLSX. What it reads is bounded, whatever the file claims.</summary>
internal static class SheetReader
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int LargestFile = 10 * 1024 * 1024;

    private const int MostRows = 20_000;
    private const int MostCells = 200;
    private const long LargestUnpacked = 100L * 1024 * 1024;
    private const int MostParts = 200;

    /// <summary>The rows with their cells, the headings first; cells of an empty file are refused.</summary>
    public static async Task<Result<IReadOnlyList<IReadOnlyList<string>>>> ReadAsync(Stream file, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await file.ReadAsync(buffer, cancellation)) > 0)
        {
            if (content.Length + read > LargestFile)
                return new SheetUnreadable($"文件超过 {LargestFile / 1024 / 1024} MB，请拆分后导入");
            content.Write(buffer, 0, read);
        }

        if (content.Length == 0)
            return new SheetUnreadable("文件是空的");
        content.Position = 0;
        var result = content.GetBuffer() is [(byte)'P', (byte)'K', 3, 4, ..] ? ReadXlsx(content) : ReadCsv(content);
        return result.IsRefused(out var refusal, out var rows) ? refusal
            : rows.Count < 2 ? new SheetUnreadable("文件里没有数据行：第一行是表头，从第二行起每行一个事项")
            : result;
    }

    private static Result<IReadOnlyList<IReadOnlyList<string>>> ReadCsv(MemoryStream content)
    {
        var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        if (bytes.Contains((byte)0))
            return new SheetUnreadable("只能导入 CSV 或 XLSX 文件");
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            // What a Chinese spreadsheet program saves as CSV.
            text = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(bytes);
        }

        using var reader = new StringReader(text);
        return Bounded(CsvText.Read(reader));
    }

    private static Result<IReadOnlyList<IReadOnlyList<string>>> ReadXlsx(MemoryStream content)
    {
        try
        {
            if (CheckSize(content) is { } refusal)
                return refusal;
            content.Position = 0;
            return Bounded(content.Query(excelType: ExcelType.XLSX).Cast<IDictionary<string, object?>>().Select(row => (IReadOnlyList<string>)[.. row.Values.Select(Cell)]));
        }
        catch (Exception exception) when (exception is InvalidDataException or XmlException or IOException or FormatException or KeyNotFoundException or NullReferenceException or InvalidOperationException or ArgumentException)
        {
            return new SheetUnreadable("这个 XLSX 文件已损坏或不是工作簿，请另存后再导入");
        }
    }

    /// <summary>Unpacks every part and counts, because what the file says of its size may be a lie.</summary>
    private static SheetUnreadable? CheckSize(MemoryStream content)
    {
        using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        if (zip.Entries.Count > MostParts)
            return new SheetUnreadable("这个 XLSX 文件的组成部分过多，不予读取");
        var (total, buffer) = (0L, new byte[81920]);
        foreach (var entry in zip.Entries)
        {
            using var part = entry.Open();
            int read;
            while ((read = part.Read(buffer)) > 0)
            {
                if ((total += read) > LargestUnpacked)
                    return new SheetUnreadable($"这个 XLSX 文件解开后超过 {LargestUnpacked / 1024 / 1024} MB，不予读取");
            }
        }

        return zip.GetEntry("xl/workbook.xml") is null ? new SheetUnreadable("只能导入 CSV 或 XLSX 文件") : null;
    }

    private static Result<IReadOnlyList<IReadOnlyList<string>>> Bounded(IEnumerable<IReadOnlyList<string>> rows)
    {
        var taken = new List<IReadOnlyList<string>>();
        foreach (var row in rows)
        {
            if (taken.Count > MostRows)
                return new SheetUnreadable($"一次最多导入 {MostRows} 行，请拆分");
            if (row.Count > MostCells)
                return new SheetUnreadable($"第 {taken.Count + 1} 行的列太多");
            taken.Add([.. row.Select(cell => SheetCells.Bare(cell.Trim()))]);
        }

        return taken;
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        double number => number.ToString("0.##########", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
