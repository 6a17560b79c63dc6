using System.Text;
using QRCoder;
using TongBan.Host.Papers.Pdf;

namespace TongBan.Host.Papers;

/// <summary>Draws a QR code as rectangles, so that it stays sharp at any size.</summary>
internal static class QrDrawing
{
    private const int QuietZone = 4;

    internal static void Draw(PdfPage page, string text, double x, double y, double size)
    {
        // Error correction M: 15 % of a receipt may be creased or stained.
        // Scanners guess how Chinese is written unless the code says so, and some do not know how it says so: plain letters go without.
        var writing = Ascii.IsValid(text) ? QRCodeGenerator.EciMode.Default : QRCodeGenerator.EciMode.Utf8;
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true, eciMode: writing);
        var rows = code.ModuleMatrix;
        var end = rows.Count - QuietZone;
        var module = size / (end - QuietZone);
        for (var row = QuietZone; row < end; row++)
        {
            for (var column = QuietZone; column < end; column++)
            {
                var start = column;
                while (column < end && rows[row][column])
                {
                    column++;
                }

                if (column > start)
                {
                    // A hair higher than a module, so that no white line shows between rows.
                    page.Fill(x + ((start - QuietZone) * module), y + ((row - QuietZone) * module), (column - start) * module, module * 1.02, grey: 0);
                }
            }
        }
    }
}
