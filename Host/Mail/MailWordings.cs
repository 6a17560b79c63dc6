using Dapper;
using Npgsql;
using TongBan.Domain;
using TongBan.Domain.Notifications;
using TongBan.Host.Papers;

namespace TongBan.Host.Mail;

/// <summary>When the city gave a topic words of its own, and who did.</summary>
internal sealed record OwnMailWords(string Topic, string Advice, DateTime ChangedAt, string ChangedBy);

/// <summary>What mails about no paper say beside their message: the city's own words where it has some. One paragraph a line.</summary>
internal sealed class MailWordings(NpgsqlConnection connection, TimeProvider time)
{
    private const string Columns = "topic, advice, changed_at as ChangedAt, changed_by as ChangedBy";

    /// <summary>The template that a mail on this topic is written with now.</summary>
    public async Task<MailTemplate> OfAsync(MessageTopic topic)
    {
        var template = MailTemplate.Of(topic);
        return await connection.QuerySingleOrDefaultAsync<OwnMailWords>($"select {Columns} from tongban.mail_wordings where topic = @topic", new { topic = Codes.Of(topic) }) is { } own
            ? template with { Advice = PaperWordings.Paragraphs(own.Advice) }
            : template;
    }

    /// <summary>The city's own words, by the topic's code.</summary>
    public async Task<IReadOnlyDictionary<string, OwnMailWords>> OwnAsync() =>
        (await connection.QueryAsync<OwnMailWords>($"select {Columns} from tongban.mail_wordings")).ToDictionary(own => own.Topic, StringComparer.Ordinal);

    public Task SetAsync(MessageTopic topic, string advice, string by) => connection.ExecuteAsync(
        """
        insert into tongban.mail_wordings (topic, advice, changed_at, changed_by) values (@topic, @advice, @now, @by)
        on conflict (topic) do update set advice = excluded.advice, changed_at = excluded.changed_at, changed_by = excluded.changed_by
        """,
        new { topic = Codes.Of(topic), advice, now = time.GetUtcNow(), by });

    /// <summary>Back to the product's own; false when it had them already.</summary>
    public async Task<bool> ResetAsync(MessageTopic topic) =>
        await connection.ExecuteAsync("delete from tongban.mail_wordings where topic = @topic", new { topic = Codes.Of(topic) }) == 1;
}
