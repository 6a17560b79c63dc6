using TongBan.Domain.Cases;
using TongBan.Domain.People;

namespace TongBan.Domain.Approvals;

/// <summary>
/// A special procedure (特别程序): hearing, tender, auction, inspection, testing, quarantine, appraisal or expert review.
/// Its time does not count (行政许可法第四十五条).
/// </summary>
public sealed class SpecialProcedure(CaseDesk desk)
{
    /// <summary>Begins it: the clocks stop.</summary>
    public async Task BeginAsync(Case @case, string procedure, Actor by)
    {
        await desk.MoveAsync(@case, CaseState.SpecialProcedure, by, $"启动特别程序：{procedure}");
        await desk.Clocks.StopAsync(@case.Number, $"特别程序：{procedure}", by);
    }

    /// <summary>Ends it: the clocks go on the next day that counts.</summary>
    public async Task EndAsync(Case @case, string? result, Actor by)
    {
        await desk.Clocks.ResumeAsync(@case.Number, by);
        await desk.MoveAsync(@case, CaseState.Reviewing, by, "特别程序结束", result);
    }
}
