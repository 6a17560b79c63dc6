using TongBan.Domain.Notifications;

namespace TongBan.Host.Papers;

/// <summary>The set phrases of a kind of paper. A law is named with its article or not at all.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Opening">The first paragraph, after the address; <c>{item}</c> stands for the item's name.</param>
/// <param name="ListHeading">What stands above the entries.</param>
/// <param name="ReasonHeading">What stands above the text.</param>
/// <param name="Closing">The paragraphs at the end.</param>
/// <param name="SignedRows">Rows of the table that are filled in by hand.</param>
internal sealed record PaperWording(
    string Title, string Opening, string ListHeading, string ReasonHeading, IReadOnlyList<string> Closing, IReadOnlyList<string> SignedRows)
{
    private const string Remedy =
        "如不服本决定，可以自收到本决定书之日起六十日内依法申请行政复议（《中华人民共和国行政复议法》第二十条），" +
        "或者在六个月内依法向人民法院提起行政诉讼（《中华人民共和国行政诉讼法》第四十六条）。";

    internal static PaperWording Of(NoticeKind kind) => kind switch
    {
        NoticeKind.Receipt => new(
            "收件凭证",
            "你（单位）申请办理“{item}”，本窗口已收到下列申请材料。",
            "已收材料",
            "说明",
            ["请妥善保管本凭证。凭办件编号和查询密码，或者扫描下方二维码，可以查询办理进度；本凭证不代表申请已被受理。"],
            []),
        NoticeKind.Acceptance => new(
            "受理通知书",
            "你（单位）提出的“{item}”申请，经审查，申请材料齐全、符合法定形式，现予以受理。",
            "受理材料",
            "说明",
            ["办理时限自受理之日的次日起算。补正材料，以及依法进行听证、检验、检测、检疫、鉴定和专家评审等所需时间不计算在内。"],
            []),
        NoticeKind.Refusal => new(
            "不予受理决定书",
            "你（单位）提出的“{item}”申请，经审查，决定不予受理。",
            "涉及材料",
            "不予受理的理由",
            [Remedy],
            []),
        NoticeKind.Supplement => new(
            "补正通知书",
            "你（单位）提出的“{item}”申请，经审查，申请材料不齐全或者不符合法定形式，现将需要补正的全部内容一次性告知如下。",
            "需要补正的内容",
            "说明",
            ["请补正后到全市任一政务服务大厅的“全市通办”窗口提交。补正期间办理时限暂停计算，自补正材料收齐的次日起继续计算。"],
            []),
        NoticeKind.Delivery => new(
            "送达回证",
            "“{item}”的办理结果已按下列方式送达。",
            "送达的文书和证照",
            "备注",
            [],
            ["受送达人签名或者盖章", "签收日期", "代收人及代收理由", "送达人签名"]),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such paper."),
    };
}
