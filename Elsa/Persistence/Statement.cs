using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace Elsa.Persistence;

/// <summary>What a burst writes: a row, and how.</summary>
/// <param name="Sql">
/// A constant that names the row's values <c>$1</c> and on. Where it says <c>{from}</c>, or <c>{using}</c> in a delete, nothing stands
/// for one row; for several rows it is where they come from.
/// </param>
/// <param name="Row">The values in the order of their numbers.</param>
internal sealed partial record Statement(string Sql, params Column[] Row)
{
    /// <summary>More are not joined: each number of them would be one more statement to prepare.</summary>
    private const int MostJoined = 6;

    /// <summary>Rows of one statement: to find a value PostgreSQL walks its array from the beginning.</summary>
    private const int MostRows = 64;

    private static readonly ConcurrentDictionary<string, (string One, string Several)> Forms = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string> Joined = new(StringComparer.Ordinal);

    /// <summary>What one burst writes, each row by itself.</summary>
    /// <param name="statements">In any order: none sees what another has written, nor writes its row.</param>
    /// <param name="question">Asked with them, if they are joined before they have written; then the command has its rows. Null for none.</param>
    public static IEnumerable<NpgsqlBatchCommand> Commands(IEnumerable<Statement> statements, Query? question = null) =>
        Join([.. statements.Select(statement => new Query(FormsOf(statement.Sql).One, [.. statement.Row.Select(value => value.ToParameter())])), .. Given(question)]);

    /// <summary>What several bursts write, the rows that are written alike by one statement.</summary>
    /// <inheritdoc cref="Commands"/>
    public static IEnumerable<NpgsqlBatchCommand> CommandsOfSeveral(IEnumerable<Statement> statements, Query? question) =>
        Join([.. statements.GroupBy(statement => statement.Sql, StringComparer.Ordinal).OrderBy(alike => alike.Key, StringComparer.Ordinal).SelectMany(alike => alike.Chunk(MostRows)).Select(OfRows), .. Given(question)]);

    private static Query OfRows(Statement[] rows) => new(FormsOf(rows[0].Sql).Several, [.. rows[0].Row.Select((value, position) => value.ToParameter(rows, position))]);

    private static Query[] Given(Query? question) => question is null ? [] : [question];

    /// <summary>
    /// Parts as one command, where there are few of them: PostgreSQL starts, plans and answers once instead of once for each.
    /// https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-MODIFYING
    /// </summary>
    private static IEnumerable<NpgsqlBatchCommand> Join(IReadOnlyList<Query> parts) => parts.Count is < 2 or > MostJoined
        ? parts.Select(part => part.ToCommand())
        : [new Query(Joined.GetOrAdd(string.Join('\n', parts.Select(part => part.Sql)), _ => With(parts)), [.. parts.SelectMany(part => part.Parameters)]).ToCommand()];

    private static (string One, string Several) FormsOf(string sql) => Forms.GetOrAdd(sql, static sql => (Write(sql, "", ""), Several(sql)));

    /// <summary>The first array gives the rows, and the number by which the others are looked up: a list of all of them would be as many functions to run and tables to keep.</summary>
    private static string Several(string sql)
    {
        const string Rows = "unnest($1) with ordinality as r(v, n)";
        return Write(ParameterNumber().Replace(sql, found => found.ValueSpan is "$1" ? "r.v" : $"({found.Value})[r.n]"), "from " + Rows, "using " + Rows);
    }

    private static string Write(string sql, string from, string @using) => sql.Replace("{from}", from, StringComparison.Ordinal).Replace("{using}", @using, StringComparison.Ordinal);

    private static string With(IReadOnlyList<Query> parts)
    {
        var text = new StringBuilder("with ");
        var (number, before) = (0, 0);
        foreach (var part in parts)
        {
            var offset = before;
            var sql = ParameterNumber().Replace(part.Sql, found => $"${int.Parse(found.ValueSpan[1..], CultureInfo.InvariantCulture) + offset}");
            before += part.Parameters.Length;
            number++;
            text.Append(number == parts.Count ? sql : $"w{number} as ({sql}){(number == parts.Count - 1 ? " " : ", ")}");
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\$\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterNumber();
}
