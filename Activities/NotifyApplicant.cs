using Elsa.Workflows;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;
using TongBan.Domain.Notifications;

namespace TongBan.Activities;

/// <summary>Tells the applicant by short message or mail, naming the paper that can be had. It does not wait for the delivery.</summary>
[Activity("TongBan", "通办", "用短信或电子邮件通知申请人，可附文书。", DisplayName = "通知申请人")]
public sealed class NotifyApplicant : Activity
{
    /// <summary>Which way: Auto, Sms or Email.</summary>
    [Input(DisplayName = "渠道", Description = "自动：发短信，留有邮箱的同时发邮件。", UIHint = InputUIHints.DropDown, UIHandler = typeof(ChannelChoices), DefaultValue = "Auto")]
    public Input<string> Channel { get; set; } = new("Auto");

    /// <summary>The paper that the message names, or None.</summary>
    [Input(DisplayName = "文书", Description = "通知中提示可领取或下载的文书。", UIHint = InputUIHints.DropDown, UIHandler = typeof(DocumentChoices), DefaultValue = "None")]
    public Input<string> Document { get; set; } = new("None");

    /// <summary>The message; the case number is put before it.</summary>
    [Input(DisplayName = "内容", Description = "通知正文，系统自动加上办件编号。", UIHint = InputUIHints.MultiLine)]
    public Input<string> Text { get; set; } = new("");

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var step = await CaseStep.LoadAsync(context);
        var channel = Enum.TryParse<NotifyChannel>(context.Get(Channel), out var chosen) ? chosen : NotifyChannel.Auto;
        var (topic, paper) = Enum.TryParse<NoticeKind>(context.Get(Document), out var kind)
            ? (MessageTopics.Of(kind), $"《{NoticeStore.TitleOf(kind)}》可凭办件编号和查询密码下载。")
            : (MessageTopic.Progress, "");
        await step.Service<Messenger>().SendAsync(step.Case, channel, topic, context.Get(Text) + paper, step.Id);
        await context.CompleteActivityAsync();
    }

    private sealed class ChannelChoices() : Choices(("Auto", "自动"), ("Sms", "短信"), ("Email", "电子邮件"));

    private sealed class DocumentChoices() : Choices(
        ("None", "无"), ("Receipt", "收件凭证"), ("Acceptance", "受理通知书"), ("Refusal", "不予受理决定书"), ("Supplement", "补正通知书"), ("Delivery", "送达回证"));
}
