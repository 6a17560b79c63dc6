using TongBan.Domain.Notifications;
using TongBan.Host.Papers;

namespace TongBan.Host.Mail;

/// <summary>The template of a topic: what a mail says beside the message itself.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Advice">The paragraphs after it: what follows, and what the applicant can do.</param>
/// <param name="ListHeading">What stands above the entries of the paper that the mail repeats.</param>
internal sealed record MailTemplate(string Title, IReadOnlyList<string> Advice, string ListHeading = "")
{
    /// <summary>The template of a topic that is about no paper.</summary>
    internal static MailTemplate Of(MessageTopic topic) => topic switch
    {
        MessageTopic.Pickup => new("领取办理结果通知", ["请带上有效身份证件，在大厅服务时间内凭取件码领取；委托他人领取的，另带授权委托书。取件码请勿转告无关人员。"]),
        MessageTopic.Evaluation => new("服务评价邀请", ["一个办件评价一次，分非常满意、满意、基本满意、不满意、非常不满意五个等级；评价人信息予以保密。"]),
        MessageTopic.Extension => new("延长办理时限通知", ["延长的理由载于本通知；延长以后的办理期限可以随时查询。"]),
        _ => new("办理进度通知", ["凭办件编号和查询密码，可以随时查询办理进度。"]),
    };

    /// <summary>The template of a mail about a paper, in the paper's own words as the administrators keep them.</summary>
    internal static MailTemplate Of(PaperWording wording) => new(wording.Title, wording.Closing, wording.ListHeading);
}
