namespace TongBan.Domain.People;

/// <summary>
/// An organisation's code (统一社会信用代码, GB 32100-2015). A code that fails is warned of and never blocked, because
/// real ones exist that fail the check; the reason for going on is kept with the case.
/// </summary>
public static class CreditCode
{
    private const int Length = 18;
    private const int Modulus = 31;
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>What is odd about the code, in Chinese, or null when nothing is.</summary>
    /// <param name="code">As typed; spaces around it and small letters are taken.</param>
    public static string? Warning(string code)
    {
        var signs = code.Trim().ToUpperInvariant();
        if (signs.Length != Length)
        {
            return $"统一社会信用代码应为18位，现为{signs.Length}位。";
        }

        if (signs.FirstOrDefault(sign => !Alphabet.Contains(sign)) is var odd and not '\0')
        {
            return $"统一社会信用代码不使用“{odd}”。";
        }

        return signs[^1] == CheckSign(signs) ? null : "统一社会信用代码的校验位不符，请核对证照。";
    }

    /// <summary>The last sign that the first seventeen ask for.</summary>
    private static char CheckSign(string signs)
    {
        var (sum, weight) = (0, 1);
        for (var index = 0; index < Length - 1; index++)
        {
            sum += Alphabet.IndexOf(signs[index]) * weight;
            weight = weight * 3 % Modulus;
        }

        return Alphabet[(Modulus - (sum % Modulus)) % Modulus];
    }
}
