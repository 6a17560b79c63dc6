using System.Security.Cryptography;
using Dapper;
using MimeKit;
using Npgsql;
using TongBan.Testing.Smtp;

namespace TongBan.Benchmarks.Soak;

/// <summary>A count of the soak.</summary>
/// <param name="Expected">What it must be; null when it is for information.</param>
internal sealed record SoakCount(string What, long Seen, long? Expected = null)
{
    public bool IsGood => Expected is null || Seen == Expected;

    public override string ToString() => $"{(IsGood ? Expected is null ? "    " : "ok  " : "BAD ")}{What}: {Seen:N0}{(IsGood ? "" : $" instead of {Expected:N0}")}";
}

/// <summary>What the partners and the database saw.</summary>
internal sealed record SoakReport(TimeSpan Took, IReadOnlyList<SoakCount> Counts, IReadOnlyList<string> Stuck)
{
    public IReadOnlyList<int> ExitCodes { get; init; } = [];

    public bool IsGood => Counts.All(count => count.IsGood) && Stuck.Count == 0 && ExitCodes.All(code => code == 0);

    public override string ToString() => string.Join('\n',
        [.. Counts.Select(count => count.ToString()), .. Stuck.Select(line => "BAD " + line), $"{(ExitCodes.All(code => code == 0) ? "ok  " : "BAD ")}exit codes of the hosts: {string.Join(", ", ExitCodes)}", $"    took {Took:hh\\:mm\\:ss}"]);

    public static async Task<SoakReport> ReadAsync(
        NpgsqlDataSource source, IReadOnlyList<SoakCase> cases, FaultyPartners partners, SmtpServer smtp, PartnerCallbacks callbacks, PartnerFaults faults, int kills, bool isQuiet, TimeSpan took)
    {
        await using var connection = await source.OpenConnectionAsync();
        Task<long> CountAsync(string sql) => connection.ExecuteScalarAsync<long>(sql);
        var mails = smtp.Taken.Select(MailOf).ToList();
        var (sent, late, twice) = callbacks.Counts;
        List<SoakCount> counts =
        [
            new("cases opened", await CountAsync("select count(*) from tongban.cases"), cases.Count),
            new("cases archived", await CountAsync("select count(*) from tongban.cases where state = 'archived'"), cases.Count),
            new("case numbers that windows were given", cases.Select(each => each.Number).Distinct(StringComparer.Ordinal).LongCount(), cases.Count),
            new("decisions", await CountAsync("select count(*) from tongban.decisions"), cases.Count),
            new("paper numbers given twice", await CountAsync("select count(*) - count(distinct number) from tongban.notices")  , 0),
            new("papers of one kind twice, supplements aside", await CountAsync("select count(*) from (select from tongban.notices where kind <> 'supplement' group by case_number, kind having count(*) > 1) t"), 0),
            new("parcels at the courier", partners.Orders.Count, await CountAsync("select count(*) from tongban.shipments")),
            new("parcels ordered twice for one reference", Doubles(partners.Orders.Values), 0),
            new("parcels of one leg twice in a case", await CountAsync("select count(*) from (select from tongban.shipments group by case_number, leg having count(*) > 1) t"), 0),
            new("parcels not signed for", await CountAsync("select count(*) from tongban.shipments where state <> 'signed'"), 0),
            new("cases at approval systems", partners.Pushes.Count, await CountAsync("select count(*) from tongban.partner_calls where operation = 'pushCase'")),
            new("cases pushed twice", Doubles(partners.Pushes.Values), 0),
            new("short messages at the gateway", partners.Messages.Count, await CountAsync("select count(*) from tongban.partner_calls where operation = 'sendSms'")),
            new("short messages twice", Doubles(partners.Messages.Values), 0),
            new("mails by Message-Id", mails.Select(mail => mail.Id).Distinct(StringComparer.Ordinal).LongCount(), await CountAsync("select count(*) from tongban.partner_calls where operation = 'sendMail'")),
            new("mails of the same words under another Message-Id", mails.DistinctBy(mail => mail.Id, StringComparer.Ordinal).GroupBy(mail => mail.Words, StringComparer.Ordinal).Count(same => same.Count() > 1), 0),
            new("mails transmitted again under their Message-Id, the host killed before it heard", mails.Count - mails.Select(mail => mail.Id).Distinct(StringComparer.Ordinal).LongCount()),
            new("papers left in parcels", await CountAsync("select count(*) from tongban.papers where holder_kind = 'parcel'"), 0),
            new("tasks left open", await CountAsync("select count(*) from tongban.tasks where state = 'open'"), 0),
            new("incidents open", await CountAsync("select count(*) from tongban.incidents where state = 'open'"), 0),
            new("messages of partners set aside", await CountAsync("select count(*) from tongban.partner_messages where aside_at is not null"), 0),
            new("calls and call-backs that never came to rest", isQuiet ? 0 : 1, 0),
            new("calls that partners took", faults.Rolled.GetValueOrDefault(PartnerFault.None)),
            .. faults.Rolled.Where(rolled => rolled.Key != PartnerFault.None).OrderBy(rolled => rolled.Key).Select(rolled => new SoakCount($"calls that met {rolled.Key}", rolled.Value)),
            new("things asked for again under their key", Again(partners.Orders.Values) + Again(partners.Pushes.Values) + Again(partners.Messages.Values)),
            new("call-backs", sent), new("call-backs late", late), new("call-backs twice", twice), new("hosts killed", kills),
            new("jobs failed", await CountAsync("select count(*) from hangfire.job where statename = 'Failed'")),
        ];
        return new SoakReport(took, counts, [.. cases.Where(each => !each.IsArchived).Select(each => $"case {each.Number} stands at {each.State}"), .. await IncidentsAsync(connection)]);
    }

    private static int Doubles(IEnumerable<PartnerDeed> deeds) => deeds.GroupBy(deed => deed.Subject, StringComparer.Ordinal).Count(same => same.Count() > 1);

    private static int Again(IEnumerable<PartnerDeed> deeds) => deeds.Sum(deed => deed.Asked - 1);

    private static async Task<IEnumerable<string>> IncidentsAsync(NpgsqlConnection connection) => await connection.QueryAsync<string>(
        "select concat_ws(' ', 'incident', source, case_number, what, detail) from tongban.incidents where state = 'open' order by opened_at limit 20");

    private static (string Id, string Words) MailOf(TakenMail mail)
    {
        using var raw = new MemoryStream(mail.Raw);
        using var message = MimeMessage.Load(raw);
        return (message.MessageId!, $"{mail.To[0]} {message.Subject} {Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(message.TextBody ?? "")))}");
    }
}
