using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Elsa.Persistence;

/// <summary>A value of a row that is written. It goes as a parameter of its own, or with those of other rows as an array.</summary>
internal abstract class Column
{
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static Column Text(string? value) => new Column<string?>(value, NpgsqlDbType.Text);

    public static Column Json(string? value) => new Column<string?>(value, NpgsqlDbType.Json);

    /// <summary>JSON of our own writing for a column of type text, in UTF-8 as it is stored.</summary>
    /// <param name="size">Bytes that are likely to do.</param>
    /// <param name="write">Writes one value.</param>
    public static Column Written(int size, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(size);
        using (var json = new Utf8JsonWriter(buffer, JsonOptions))
            write(json);
        return new Column<ReadOnlyMemory<byte>>(buffer.WrittenMemory, NpgsqlDbType.Text);
    }

    public static Column Flag(bool value) => new Column<bool>(value, NpgsqlDbType.Boolean);

    public static Column Number(int value) => new Column<int>(value, NpgsqlDbType.Integer);

    public static Column Number(int? value) => new Column<int?>(value, NpgsqlDbType.Integer);

    public static Column Number(long value) => new Column<long>(value, NpgsqlDbType.Bigint);

    public static Column Moment(DateTimeOffset? value) => new Column<DateTime?>(value?.UtcDateTime, NpgsqlDbType.TimestampTz);

    public abstract NpgsqlParameter ToParameter();

    /// <param name="rows">This one's row among others that are written by the same statement.</param>
    /// <param name="position">Where the values stand in their rows.</param>
    public abstract NpgsqlParameter ToParameter(IReadOnlyList<Statement> rows, int position);
}

/// <inheritdoc />
internal sealed class Column<T>(T value, NpgsqlDbType type) : Column
{
    private T Value { get; } = value;

    /// <summary>The type is always named, so that a null has one too.</summary>
    public override NpgsqlParameter ToParameter() =>
        Value is null ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type } : new NpgsqlParameter<T> { TypedValue = Value, NpgsqlDbType = type };

    public override NpgsqlParameter ToParameter(IReadOnlyList<Statement> rows, int position)
    {
        var values = new T[rows.Count];
        for (var row = 0; row < values.Length; row++)
            values[row] = ((Column<T>)rows[row].Row[position]).Value;
        return new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
