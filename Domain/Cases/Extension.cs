using TongBan.Domain.Notifications;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Cases;

/// <summary>
/// Extending the time to decide (延长时限): an approver asks with a reason, the head of the authority grants it once, and the
/// applicant is told why (行政许可法第四十二条).
/// </summary>
public sealed class Extension(CaseDesk desk, LimitStore limits, ExtensionStore requests, Messenger messenger)
{
    /// <summary>Asks for days.</summary>
    public async Task<Result<ExtensionRequest>> AskAsync(Case @case, int days, string? reason, Actor by)
    {
        if (by.Role != Role.Approver || by.Authority != @case.Authority)
            return new ExtensionNotYours();
        if (await limits.CheckExtensionAsync(@case.Number, days, reason) is { } refusal)
            return refusal;
        if (await requests.AskAsync(@case.Number, days, reason!.Trim(), by) is not { } asked)
            return new ExtensionAsked();
        await desk.Timeline.AddAsync(@case.Number, by, "extension", $"申请延长时限{days}天，待部门负责人批准", asked.Reason);
        return asked;
    }

    /// <summary>Grants the open request; only the head of the authority may, and not the one who asked.</summary>
    public async Task<Result<ExtensionRequest>> GrantAsync(Case @case, string? note, Actor head)
    {
        if ((await OpenAsync(@case, head)).IsRefused(out var refusal, out var request))
            return refusal;
        var by = new Actor(request.AskedBy, request.AskedByName, Role.Approver, Authority: @case.Authority);
        if ((await ApplyAsync(@case, request.Days, request.Reason, head.Name, by, desk.Time.GetUtcNow(), $"extension:{request.Id}")).IsRefused(out refusal, out _))
            return refusal;
        await requests.DecideAsync(request.Id, ExtensionState.Granted, note, head);
        await desk.Timeline.AddAsync(@case.Number, head, "extended", $"批准延长时限{request.Days}天", request.Reason);
        return (await requests.LatestAsync(@case.Number))!;
    }

    /// <summary>Refuses the open request.</summary>
    public async Task<Result<ExtensionRequest>> RefuseAsync(Case @case, string? note, Actor head)
    {
        if (string.IsNullOrWhiteSpace(note) || note.Length > LimitBounds.LongestReason)
            return new LimitReasonMissing();
        if ((await OpenAsync(@case, head)).IsRefused(out var refusal, out var request))
            return refusal;
        await requests.DecideAsync(request.Id, ExtensionState.Refused, note.Trim(), head);
        await desk.Timeline.AddAsync(@case.Number, head, "extension", "不同意延长时限", note.Trim());
        return (await requests.LatestAsync(@case.Number))!;
    }

    /// <summary>Adds the days to the limits and tells the applicant; also for an authority whose head agreed in a system of its own.</summary>
    /// <param name="approvedBy">The head who agreed.</param>
    /// <param name="by">Who asked.</param>
    /// <param name="at">When it was granted.</param>
    /// <param name="key">Tells this extension from any other, so that the applicant is told once.</param>
    public async Task<Result<int>> ApplyAsync(Case @case, int days, string reason, string approvedBy, Actor by, DateTimeOffset at, string key)
    {
        var extended = await limits.ExtendAsync(@case.Number, days, reason, approvedBy, by, at);
        if (extended.Refusal is not null)
            return extended;
        var due = await desk.Clocks.PromisedDueAsync(@case.Number) is { } day ? $"延长后于{day:yyyy年M月d日}前办结" : "暂停结束后继续计算";
        await messenger.TellAsync(@case, MessageTopic.Extension, key, ("days", $"{days}"), ("due", due), ("reason", reason));
        return extended;
    }

    private async Task<Result<ExtensionRequest>> OpenAsync(Case @case, Actor head)
    {
        if (head is not { Role: Role.Approver, IsHead: true } || head.Authority != @case.Authority)
            return new ExtensionNotYours();
        return await requests.LatestAsync(@case.Number) is not { State: ExtensionState.Asked } request ? new ExtensionNotAsked()
            : request.AskedBy == head.UserName ? new ExtensionNotApproved()
            : request;
    }
}

/// <summary>Only approvers of the deciding authority ask, and only its head grants.</summary>
public sealed record ExtensionNotYours()
    : Refusal(RefusalKind.NotAllowed, "extension_not_yours", "只有审批部门的人员可以申请延长，只有该部门负责人可以批准（《行政许可法》第四十二条）。");

/// <summary>A request waits for the head already.</summary>
public sealed record ExtensionAsked()
    : Refusal(RefusalKind.Conflict, "extension_asked", "已有延长申请待批准，不能重复申请。");

/// <summary>Nothing waits for the head.</summary>
public sealed record ExtensionNotAsked()
    : Refusal(RefusalKind.Conflict, "extension_not_asked", "没有待批准的延长申请。");
