using Dapper;
using Npgsql;
using TongBan.Domain.Materials.Content;
using TongBan.Domain.Notifications;
using TongBan.Host.Partners;

namespace TongBan.Host.Papers;

/// <summary>
/// The printed papers. What was handed out once is kept: it comes out the same years later, whatever the address of the city's pages is
/// then, and however papers look by then.
/// </summary>
internal sealed class NoticePrints(NpgsqlConnection connection, IContentStore contents, PaperWordings wordings, HostAddress address, TimeProvider time)
{
    public async Task<byte[]> PrintAsync(Notice notice, CancellationToken cancellation)
    {
        if (await KeptAsync(notice.Id, cancellation) is { } kept)
            return kept;
        var print = PaperPrinter.Print(Paper.Of(notice, address.TrackOf(notice.CaseNumber)), await wordings.OfAsync(notice.Kind));
        using var content = new MemoryStream(print);
        var stored = await contents.SaveAsync(content, cancellation);
        await connection.ExecuteAsync(
            "insert into tongban.notice_prints (notice, sha256, printed_at) values (@Id, @Sha256, @now) on conflict do nothing", new { notice.Id, stored.Sha256, now = time.GetUtcNow() });
        // Two who print at once get what the first of them printed.
        return await KeptAsync(notice.Id, cancellation) ?? print;
    }

    private async Task<byte[]?> KeptAsync(Guid notice, CancellationToken cancellation)
    {
        if (await connection.QuerySingleOrDefaultAsync<string?>("select sha256 from tongban.notice_prints where notice = @notice", new { notice }) is not { } sha256)
            return null;
        await using var stream = await contents.OpenAsync(sha256, cancellation) ?? throw new InvalidOperationException($"The print {sha256} of notice {notice} is gone from the content store.");
        using var print = new MemoryStream();
        await stream.CopyToAsync(print, cancellation);
        return print.ToArray();
    }
}
