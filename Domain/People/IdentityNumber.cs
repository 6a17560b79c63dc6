using System.Globalization;

namespace TongBan.Domain.People;

/// <summary>
/// A resident's identity number (公民身份号码, GB 11643-1999). A number that fails is warned of and never blocked: the
/// clerk sees the card, and the reason for going on is kept with the case.
/// </summary>
public static class IdentityNumber
{
    private const int Length = 18;
    private const string CheckDigits = "10X98765432";

    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>What is odd about the number, in Chinese, or null when nothing is.</summary>
    /// <param name="number">As typed; spaces around it and a small x are taken.</param>
    /// <param name="today">The city's date: nobody is born after it.</param>
    public static string? Warning(string number, DateOnly today)
    {
        var digits = number.Trim().ToUpperInvariant();
        if (digits.Length != Length)
        {
            return $"公民身份号码应为18位，现为{digits.Length}位。";
        }

        if (!digits.AsSpan(0, Length - 1).ContainsOnlyDigits() || !CheckDigits.Contains(digits[^1]))
        {
            return "公民身份号码前17位应为数字，末位应为数字或X。";
        }

        if (!DateOnly.TryParseExact(digits.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born)
            || born > today || born.Year < 1800)
        {
            return $"公民身份号码中的出生日期“{digits[6..14]}”不正确。";
        }

        return digits[^1] == CheckDigit(digits) ? null : "公民身份号码的校验位不符，请核对证件。";
    }

    /// <summary>The last sign that the first seventeen digits ask for.</summary>
    private static char CheckDigit(string digits)
    {
        var sum = 0;
        for (var index = 0; index < Weights.Length; index++)
        {
            sum += (digits[index] - '0') * Weights[index];
        }

        return CheckDigits[sum % CheckDigits.Length];
    }

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
