using System.Text;

namespace TongBan.Domain;

/// <summary>Text with comma-separated values (RFC 4180): quoted fields may hold commas, quotes and line breaks.</summary>
public static class CsvText
{
    /// <summary>The records of the text, each with its fields; empty lines are left out.</summary>
    /// <param name="text">The text, without a byte order mark.</param>
    public static IEnumerable<IReadOnlyList<string>> Read(TextReader text)
    {
        var (record, field, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var sign = text.Read(); sign >= 0; sign = text.Read())
        {
            if (quoted)
            {
                quoted = Quoted(text, (char)sign, field);
                continue;
            }

            switch ((char)sign)
            {
                case '"' when field.Length == 0:
                    quoted = true;
                    break;
                case ',':
                    record.Add(Take(field));
                    break;
                case '\r':
                    break;
                case '\n':
                    if (record.Count > 0 || field.Length > 0)
                    {
                        record.Add(Take(field));
                        yield return record;
                        record = [];
                    }

                    break;
                default:
                    field.Append((char)sign);
                    break;
            }
        }

        if (record.Count > 0 || field.Length > 0)
        {
            record.Add(Take(field));
            yield return record;
        }
    }

    /// <summary>Writes one record and ends its line.</summary>
    public static void Write(TextWriter text, IEnumerable<string?> record) =>
        text.Write(string.Join(',', record.Select(field => Quote(field ?? ""))) + "\r\n");

    /// <summary>Takes a sign inside quotes; false when the quotes end.</summary>
    private static bool Quoted(TextReader text, char sign, StringBuilder field)
    {
        if (sign != '"')
        {
            field.Append(sign);
            return true;
        }

        if (text.Peek() != '"')
        {
            return false;
        }

        _ = text.Read();
        field.Append('"');
        return true;
    }

    private static string Take(StringBuilder field)
    {
        var taken = field.ToString();
        field.Clear();
        return taken;
    }

    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
