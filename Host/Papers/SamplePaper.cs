using TongBan.Domain.Notifications;
using TongBan.Domain.TimeLimits;

namespace TongBan.Host.Papers;

/// <summary>A paper of nobody, to look at wordings with.</summary>
internal static class SamplePaper
{
    private const string CaseNumber = "441300-20260101-00000";

    public static Paper Of(NoticeKind kind, TimeProvider time) => new(
        kind, "样例-" + CaseNumber, CaseNumber, "示例申请人（样例）", "内资有限责任公司设立登记", "惠州市市场监督管理局", time.Today(),
        [new("办件编号", CaseNumber), new("申请事项", "内资有限责任公司设立登记")],
        kind is NoticeKind.Receipt or NoticeKind.Acceptance or NoticeKind.Supplement ? ["公司登记（备案）申请书", "公司章程"] : [],
        kind == NoticeKind.Refusal ? "申请事项不属于本机关职权范围（样例）。" : null,
        "https://tongban.example.invalid/track");
}
