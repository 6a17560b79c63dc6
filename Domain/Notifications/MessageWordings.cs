using Dapper;
using Npgsql;

namespace TongBan.Domain.Notifications;

/// <summary>When the city gave a topic words of its own, and who did.</summary>
public sealed record OwnMessageWords(MessageTopic Topic, MessageWords Words, DateTimeOffset ChangedAt, string ChangedBy);

/// <summary>What messages to applicants say: the city's own words where it has some, else those of the product.</summary>
public sealed class MessageWordings(NpgsqlConnection connection, TimeProvider time)
{
    private const string Select = "select topic, subject, text, advice, changed_at as ChangedAt, changed_by as ChangedBy from tongban.message_wordings";

    /// <summary>The words of a message on this topic now.</summary>
    public async Task<MessageWords> OfAsync(MessageTopic topic)
    {
        var words = MessageWords.Of(topic);
        return await connection.QuerySingleOrDefaultAsync<Row>(Select + " where topic = @topic", new { topic = Codes.Of(topic) }) is { } own ? own.On(words) : words;
    }

    /// <summary>The city's own words.</summary>
    public async Task<IReadOnlyDictionary<MessageTopic, OwnMessageWords>> OwnAsync() =>
        (await connection.QueryAsync<Row>(Select)).Select(row => row.Own()).ToDictionary(own => own.Topic);

    /// <summary>Gives a topic words of the city's own.</summary>
    public Task SetAsync(MessageTopic topic, MessageWords words, string by) => connection.ExecuteAsync(
        """
        insert into tongban.message_wordings (topic, subject, text, advice, changed_at, changed_by) values (@topic, @Subject, @Text, @advice, @now, @by)
        on conflict (topic) do update set
            subject = excluded.subject, text = excluded.text, advice = excluded.advice, changed_at = excluded.changed_at, changed_by = excluded.changed_by
        """,
        new { topic = Codes.Of(topic), words.Subject, words.Text, advice = string.Join('\n', words.Advice), now = time.GetUtcNow(), by });

    /// <summary>Back to the product's own; false when it had them already.</summary>
    public async Task<bool> ResetAsync(MessageTopic topic) =>
        await connection.ExecuteAsync("delete from tongban.message_wordings where topic = @topic", new { topic = Codes.Of(topic) }) == 1;

    private sealed record Row(string Topic, string? Subject, string? Text, string Advice, DateTime ChangedAt, string ChangedBy)
    {
        public MessageWords On(MessageWords words) => words with { Subject = Subject ?? words.Subject, Text = Text ?? words.Text, Advice = Paragraphs.Of(Advice) };

        public OwnMessageWords Own()
        {
            var topic = Enum.Parse<MessageTopic>(Topic, ignoreCase: true);
            return new(topic, On(MessageWords.Of(topic)), ChangedAt, ChangedBy);
        }
    }
}
