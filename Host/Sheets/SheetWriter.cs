using System.Text;
using MiniExcelLibs;
using TongBan.Domain;

namespace TongBan.Host.Sheets;

/// <summary>A sheet to download, as CSV or XLSX; no cell of it is a formula.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Titles">The headings.</param>
/// <param name="Rows">The cells below them.</param>
internal sealed record Sheet(string Name, IReadOnlyList<string> Titles, IEnumerable<IReadOnlyList<string?>> Rows)
{
    private const string CsvType = "text/csv; charset=utf-8";
    private const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The sheet in a format; null for one that is not known.</summary>
    public IResult? As(string? format) => format switch
    {
        null or "csv" => Results.File(Csv(), CsvType, Name + ".csv"),
        "xlsx" => Results.File(Xlsx(), XlsxType, Name + ".xlsx"),
        _ => null,
    };

    private byte[] Csv()
    {
        using var content = new MemoryStream();
        // With a byte order mark, without which spreadsheet programs take it for the local code page.
        using (var writer = new StreamWriter(content, new UTF8Encoding(true), leaveOpen: true))
        {
            CsvText.Write(writer, Titles);
            foreach (var row in Rows)
                CsvText.Write(writer, row.Select(SheetCells.Guard));
        }

        return content.ToArray();
    }

    private byte[] Xlsx()
    {
        using var content = new MemoryStream();
        content.SaveAs(Rows.Select(row => Titles.Zip(row).ToDictionary(cell => cell.First, cell => (object)SheetCells.Guard(cell.Second), StringComparer.Ordinal)));
        return content.ToArray();
    }
}
