using System.Globalization;
using TongBan.Domain.Notifications;
using TongBan.Domain.People;
using TongBan.Domain.TimeLimits;

namespace TongBan.Domain.Cases;

/// <summary>
/// Tells people of a clock that turned: those who hold the case of every sign, their superiors of a red one. It decides nothing,
/// except that a case whose acceptance was not told in time is taken for accepted, as the law says.
/// </summary>
public sealed class LimitNotices(CaseDesk desk, ReminderStore reminders, Acceptance acceptance)
{
    /// <summary>Less than this after its moment is in time: the hand-over of a burst takes as long.</summary>
    private static readonly TimeSpan InTime = TimeSpan.FromMinutes(1);

    /// <summary>Tells of it; call it in the transaction that claimed the turn.</summary>
    /// <returns>Whether the case's workflow has to look at the case again.</returns>
    public async Task<bool> TellAsync(LimitTurn turn)
    {
        var @case = await desk.Cases.GetAsync(turn.CaseNumber);
        var isDeemed = turn is { Kind: LimitKind.Acceptance, Sign: LimitSign.Red } && await acceptance.DeemAsync(@case, turn.BeganOn, $"clock:{turn.Clock}");
        var what = isDeemed ? $"{LimitWords.Of(turn.Kind)}已届满（{Text(turn.DueOn)}），依法视为受理" : Words(turn);
        await reminders.AddAsync(turn, await AddresseesAsync(@case, turn), what);
        await desk.Timeline.AddAsync(@case.Number, Actor.System, "light", what, Why(turn));
        return isDeemed;
    }

    private static string Words(LimitTurn turn)
    {
        var name = LimitWords.Of(turn.Kind) + (turn.Step.Length > 0 ? $"（{turn.Step}）" : "");
        return turn.Sign switch
        {
            LimitSign.Prompt => $"{name}还剩一个工作日（{Text(turn.DueOn)}届满），提醒{turn.Holder}",
            LimitSign.Yellow => $"{name}临近届满（{Text(turn.DueOn)}），黄牌预警{turn.Holder}",
            _ => $"{name}已超过（{Text(turn.DueOn)}届满），红牌，提请{turn.Holder}负责人和督办人员督办",
        };
    }

    private static string? Why(LimitTurn turn) => turn.Late < InTime ? null : $"系统停机等原因，比应提示时间晚{LimitWords.Of(turn.Late)}";

    /// <summary>Who can act: those with an open task on the case, else those who have it by the kind of the clock.</summary>
    private async Task<IReadOnlyCollection<Addressee>> AddresseesAsync(Case @case, LimitTurn turn)
    {
        var holders = (await desk.Tasks.ListAsync(@case.Number)).Where(task => task.IsOpen)
            .Select(task => new Addressee(task.Role, task.Hall, task.Authority)).Distinct().ToList();
        if (holders.Count == 0)
            holders.Add(turn.Kind switch
            {
                LimitKind.Promised or LimitKind.Legal => new(Role.Approver, Authority: @case.Authority),
                LimitKind.Delivery => new(Role.Logistics),
                _ => new(Role.Clerk, @case.Hall),
            });
        if (turn.Sign != LimitSign.Red)
            return holders;
        var heads = holders.Where(holder => holder.Role == Role.Approver).Select(holder => holder with { HeadsOnly = true }).ToList();
        return [.. holders, .. heads, new(Role.Supervisor)];
    }

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
