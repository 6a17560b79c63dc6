using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace Elsa.Persistence;

/// <summary>A statement of a burst and its parameters, <c>$1</c> and on.</summary>
/// <param name="Sql">A constant.</param>
/// <param name="Parameters">In the order of their numbers.</param>
internal sealed partial record Statement(string Sql, params NpgsqlParameter[] Parameters)
{
    /// <summary>More are not joined: each number of rows would be one more statement to prepare.</summary>
    private const int MostJoined = 6;

    private static readonly ConcurrentDictionary<string, string> Joined = new(StringComparer.Ordinal);

    /// <summary>The command that runs this statement alone.</summary>
    public NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand(Sql);
        foreach (var parameter in Parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>
    /// Writes as one command, where there are few of them: PostgreSQL starts, plans and answers once instead of once for each.
    /// None may see what another has written, nor write its row. https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-MODIFYING
    /// </summary>
    /// <param name="statements">The last may be a question; then the command has its row.</param>
    public static IEnumerable<NpgsqlBatchCommand> Join(IReadOnlyList<Statement> statements) => statements.Count is < 2 or > MostJoined
        ? statements.Select(statement => statement.ToCommand())
        : [new Statement(Joined.GetOrAdd(string.Join('\n', statements.Select(statement => statement.Sql)), _ => With(statements)), [.. statements.SelectMany(statement => statement.Parameters)]).ToCommand()];

    private static string With(IReadOnlyList<Statement> statements)
    {
        var text = new StringBuilder("with ");
        var (number, before) = (0, 0);
        foreach (var statement in statements)
        {
            var offset = before;
            var sql = ParameterNumber().Replace(statement.Sql, found => $"${int.Parse(found.ValueSpan[1..], CultureInfo.InvariantCulture) + offset}");
            before += statement.Parameters.Length;
            number++;
            text.Append(number == statements.Count ? sql : $"w{number} as ({sql}){(number == statements.Count - 1 ? " " : ", ")}");
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\$\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterNumber();
}
