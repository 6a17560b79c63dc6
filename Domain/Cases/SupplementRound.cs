using TongBan.Domain.Materials;
using TongBan.Domain.Notifications;
using TongBan.Domain.People;

namespace TongBan.Domain.Cases;

/// <summary>A round of supplement (补正): one notice that lists everything, the clocks stopped until all is supplied.</summary>
public sealed class SupplementRound(CaseDesk desk)
{
    /// <summary>Writes down what is missing, for the step that will tell the applicant.</summary>
    public Task AskAsync(Case @case, IReadOnlyList<string> missing, string? reason, Actor by) =>
        desk.Supplements.RequestAsync(@case.Number, missing, reason, @case.State, by.UserName);

    /// <summary>Tells the applicant: state, notice, clocks stopped. Run again for the same step it does nothing more.</summary>
    public async Task BeginAsync(Case @case, Supplement request, Actor by, string step)
    {
        var item = await desk.ItemAsync(@case);
        var entries = Checklist.Words(item, request.Missing).ToList();
        await desk.MoveAsync(@case, CaseState.Supplementing, by, $"一次性告知补正：{string.Join("；", entries)}", request.Reason);
        await desk.Clocks.StopAsync(@case.Number, "补正", by);
        await desk.Notices.IssueAsync(@case.Number, await desk.DivisionAsync(@case), NoticeKind.Supplement, new NoticeContent(
            @case.Applicant.Name, @case.ItemName, (await desk.AuthorityAsync(@case)).Name,
            [new("办件编号", @case.Number), new("补正次数", $"第{request.Round}次")], entries, request.Reason), step, by);
    }

    /// <summary>Everything was supplied: the case is where it was, and the clocks go on the next day that counts.</summary>
    public async Task EndAsync(Case @case, Supplement request, Actor by)
    {
        await desk.Supplements.SuppliedAsync(@case.Number);
        await desk.Clocks.ResumeAsync(@case.Number, by);
        await desk.MoveAsync(@case, request.ResumeState, by, "补正材料已收齐");
    }
}
