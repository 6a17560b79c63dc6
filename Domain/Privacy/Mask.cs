namespace TongBan.Domain.Privacy;

/// <summary>Personal data as pages and logs show it: enough to tell two apart, too little to use.</summary>
public static class Mask
{
    private const int MostOfAddress = 6;

    /// <summary>An identity number or credit code: the first and last four signs.</summary>
    public static string IdNumber(string number) => Ends(number, 4, 4);

    /// <summary>A phone number: the first three and last four digits.</summary>
    public static string Phone(string number) => Ends(number, 3, 4);

    /// <summary>A mail address: its first sign and its domain.</summary>
    public static string Email(string address) =>
        address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? Ends(address, 1, address.Length - at) : new string('*', address.Length);

    /// <summary>An address: as far as the district, nothing of street and door.</summary>
    public static string Address(string address) =>
        address.Length <= MostOfAddress ? new string('*', address.Length) : string.Concat(address.AsSpan(0, MostOfAddress), "******");

    /// <summary>Where a message went: a mail address or a phone number.</summary>
    public static string Recipient(string to) => to.Contains('@', StringComparison.Ordinal) ? Email(to) : Phone(to);

    private static string Ends(string text, int first, int last) =>
        text.Length <= first + last
            ? new string('*', text.Length)
            : string.Concat(text.AsSpan(0, first), new string('*', text.Length - first - last), text.AsSpan(text.Length - last));
}
