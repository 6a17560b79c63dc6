using Elsa.Persistence;
using TongBan.Domain;
using TongBan.Domain.Audit;
using TongBan.Domain.People;
using TongBan.Domain.Places;

namespace TongBan.Host.Features.Places;

/// <summary>Adds and changes halls and authorities, with an entry in the audit trail.</summary>
internal sealed class EditPlace(DatabaseSession session, PlaceEdits edits, NewPlaces places, AuditTrail audit)
{
    public Task<Result<string>> AddHallAsync(NewHall hall, Actor by) =>
        AddAsync(() => places.AddHallAsync(hall), by, "hall", $"新增“{hall.Name}”，{hall.Windows} 个窗口");

    public Task<Result<string>> AddAuthorityAsync(NewAuthority authority, Actor by) =>
        AddAsync(() => places.AddAuthorityAsync(authority), by, "authority", $"新增“{authority.Name}”");

    public Task<Result<bool>> SetHallAsync(string hall, string name, int windows, Actor by) =>
        RunAsync(() => edits.SetHallAsync(hall, name, windows), by, $"hall/{hall}", $"改为“{name}”，{windows} 个窗口");

    public Task<Result<bool>> SetAuthorityAsync(string authority, string name, AuthorityChannel channel, Actor by) =>
        RunAsync(() => edits.SetAuthorityAsync(authority, name, channel), by, $"authority/{authority}", $"改为“{name}”，{(channel == AuthorityChannel.System ? "对接审批系统" : "使用审批工作台")}");

    private Task<Result<string>> AddAsync(Func<Task<Result<string>>> add, Actor by, string kind, string what) => session.InTransactionAsync<Result<string>>(
        async _ =>
        {
            if ((await add()).IsRefused(out var refusal, out var code))
                return refusal;
            await audit.AddAsync(by, "place.add", $"{kind}/{code}", what);
            return code;
        },
        CancellationToken.None);

    private Task<Result<bool>> RunAsync(Func<Task<Result<bool>>> change, Actor by, string subject, string what) => session.InTransactionAsync<Result<bool>>(
        async _ =>
        {
            if ((await change()).IsRefused(out var refusal, out var changed))
                return refusal;
            await audit.AddAsync(by, "place.change", subject, what);
            return changed;
        },
        CancellationToken.None);
}
