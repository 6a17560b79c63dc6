using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace TongBan.Domain.Notifications;

/// <summary>Something that a message tells, and that its words hold a place for.</summary>
/// <param name="Name">What stands between the braces, for example <c>code</c> for <c>{code}</c>.</param>
/// <param name="Meaning">What it is, in Chinese.</param>
/// <param name="Sample">What it may look like.</param>
/// <param name="Required">Whether a message without it would not tell what the applicant has to know.</param>
public sealed record MessageFact(string Name, string Meaning, string Sample, bool Required = false);

/// <summary>What messages on a topic say; the city may say it in words of its own.</summary>
/// <param name="Title">The heading of a mail, the product's in every city.</param>
/// <param name="Subject">The subject of a mail; names the message on the timeline.</param>
/// <param name="Text">The message itself: all of an SMS, the first paragraph of a mail.</param>
/// <param name="Advice">What a mail adds after it; none where it repeats a paper, whose words it has.</param>
public sealed partial record MessageWords(string Title, string Subject, string Text, IReadOnlyList<string> Advice)
{
    private static readonly MessageFact Number = new("number", "办件编号", "441300-20260101-00000");
    private static readonly MessageFact Item = new("item", "事项名称", "内资有限责任公司设立登记");

    private static readonly FrozenDictionary<MessageTopic, (MessageWords Words, MessageFact[] Facts)> Standard = new Dictionary<MessageTopic, (MessageWords, MessageFact[])>
    {
        [MessageTopic.Progress] = (
            new("办理进度通知", "办件{number}进度通知", "您的办件{number}：{text}", ["凭办件编号和查询密码，可以随时查询办理进度。"]),
            [Number, Item, new("text", "流程中填写的通知内容", "已正式受理。", Required: true)]),
        [MessageTopic.Acceptance] = (
            new("受理通知书", "受理通知", "您的办件{number}自{received}起视为受理（《行政许可法》第三十二条），《受理通知书》可凭办件编号和查询密码下载。", []),
            [Number, Item, new("received", "收到申请材料之日", "2026年1月5日", Required: true)]),
        [MessageTopic.Supplement] = (
            new("补正通知书", "补正通知", "您的办件{number}需要补正：{entries}。补齐前暂停计时，可到任一大厅窗口提交。", []),
            [Number, Item, new("entries", "需要补正的全部内容", "公司章程（原件）；住所使用证明", Required: true)]),
        [MessageTopic.Pickup] = (
            new("领取办理结果通知", "请领取办理结果", "您的办件{number}已办结，请凭取件码{code}到{hall}领取。", ["请带上有效身份证件，在大厅服务时间内凭取件码领取；委托他人领取的，另带授权委托书。取件码请勿转告无关人员。"]),
            [Number, Item, new("code", "取件码", "000000", Required: true), new("hall", "领取大厅", "市政务服务大厅", Required: true)]),
        [MessageTopic.Evaluation] = (
            new("服务评价邀请", "请您评价", "您的办件{number}已办结。请凭办件编号和查询密码对本次服务作出评价。", ["一个办件评价一次，分非常满意、满意、基本满意、不满意、非常不满意五个等级；评价人信息予以保密。"]),
            [Number, Item]),
        [MessageTopic.Extension] = (
            new("延长办理时限通知", "延长办理时限", "您的办件{number}经批准延长时限{days}天，{due}。理由：{reason}（《行政许可法》第四十二条）", ["延长的理由载于本通知；延长以后的办理期限可以随时查询。"]),
            [Number, Item, new("days", "延长的天数", "10", Required: true), new("due", "延长后的办结日期", "延长后于2026年1月30日前办结"), new("reason", "延长的理由", "需要专家评审（样例）", Required: true)]),
    }.ToFrozenDictionary();

    /// <summary>The topics that have words; messages on any other say what those on <see cref="MessageTopic.Progress"/> say.</summary>
    public static IReadOnlyList<MessageTopic> Topics { get; } = [.. Standard.Keys.Order()];

    /// <summary>The product's own words.</summary>
    public static MessageWords Of(MessageTopic topic) => Entry(topic).Words;

    /// <summary>What messages on the topic tell.</summary>
    public static IReadOnlyList<MessageFact> FactsOf(MessageTopic topic) => Entry(topic).Facts;

    /// <summary>The place holders in a text, braces included.</summary>
    public static IEnumerable<string> PlaceHoldersIn(string text) => PlaceHolder().Matches(text).Select(found => found.Value);

    /// <summary>A text with the facts in their places.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> facts) =>
        PlaceHolder().Replace(text, found => facts.TryGetValue(found.Value[1..^1], out var fact) ? fact : found.Value);

    private static (MessageWords Words, MessageFact[] Facts) Entry(MessageTopic topic) => Standard.TryGetValue(topic, out var found) ? found : Standard[MessageTopic.Progress];

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlaceHolder();
}
