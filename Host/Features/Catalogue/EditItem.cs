using Elsa.Persistence;
using TongBan.Domain;
using TongBan.Domain.Catalogue;
using TongBan.Domain.Catalogue.Versions;
using TongBan.Domain.People;

namespace TongBan.Host.Features.Catalogue;

/// <summary>An item as an administrator typed it.</summary>
/// <param name="IsNew">It must not exist yet.</param>
/// <param name="ValidFrom">The first day on which it reads so; none: from now on.</param>
internal sealed record ItemEdit(ItemDraft Draft, bool IsNew, DateOnly? ValidFrom, string? Reason);

/// <summary>Stores an item as a new version.</summary>
internal sealed class EditItem(DatabaseSession session, CatalogueStore catalogue, ItemVersions versions)
{
    public Task<Result<string>> HandleAsync(ItemEdit edit, Actor by, CancellationToken cancellation) => session.InTransactionAsync<Result<string>>(
        async ct =>
        {
            var before = await catalogue.FindAsync(edit.Draft.Code.Trim(), ct);
            if (edit.IsNew && before is not null)
                return new ItemInvalid("code", $"已有编码为“{before.Code}”的事项。");
            var item = edit.Draft.ToItem(before?.Workflow);
            return (await versions.ChangeAsync(item, edit.ValidFrom, edit.Reason, by, ct)).IsRefused(out var refusal, out _) ? refusal : item.Code;
        },
        cancellation);
}
