using System.Globalization;
using TongBan.Domain;
using TongBan.Domain.TimeLimits;

namespace TongBan.Host.Pages.Shared;

/// <summary>Times, sizes and problems as the pages show them.</summary>
internal static class Shown
{
    private const double Kibi = 1024;

    /// <summary>An instant in the city's time.</summary>
    public static string Time(DateTimeOffset at) => at.ToOffset(CityTime.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The same where the day is known.</summary>
    public static string TimeOfDay(DateTimeOffset at) => at.ToOffset(CityTime.Offset).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A date, or a dash where there is none.</summary>
    public static string Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "—";

    /// <summary>A file's size.</summary>
    public static string Size(long bytes) => bytes < Kibi * Kibi
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / Kibi:0.#} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / Kibi / Kibi:0.#} MB");

    /// <summary>Whether the refusal is about this field.</summary>
    public static bool IsAt(this Refusal? refusal, string field) => refusal?.Field == field;
}
