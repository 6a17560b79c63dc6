namespace TongBan.Domain.Notifications;

/// <summary>What a message to an applicant is about; each has a template of its own where it goes by mail.</summary>
public enum MessageTopic
{
    /// <summary>办理进度.</summary>
    Progress,

    /// <summary>收件凭证.</summary>
    Receipt,

    /// <summary>受理通知书.</summary>
    Acceptance,

    /// <summary>不予受理决定书.</summary>
    Refusal,

    /// <summary>补正通知书.</summary>
    Supplement,

    /// <summary>送达回证.</summary>
    Delivery,

    /// <summary>领取结果.</summary>
    Pickup,

    /// <summary>好差评.</summary>
    Evaluation,

    /// <summary>延长时限.</summary>
    Extension,
}

/// <summary>Topics and papers.</summary>
public static class MessageTopics
{
    /// <summary>The topic of a message that names this paper.</summary>
    public static MessageTopic Of(NoticeKind paper) => paper switch
    {
        NoticeKind.Receipt => MessageTopic.Receipt,
        NoticeKind.Acceptance => MessageTopic.Acceptance,
        NoticeKind.Refusal => MessageTopic.Refusal,
        NoticeKind.Supplement => MessageTopic.Supplement,
        NoticeKind.Delivery => MessageTopic.Delivery,
        _ => MessageTopic.Progress,
    };

    /// <summary>The paper that a message on this topic is about, or null.</summary>
    public static NoticeKind? PaperOf(MessageTopic topic) => topic switch
    {
        MessageTopic.Receipt => NoticeKind.Receipt,
        MessageTopic.Acceptance => NoticeKind.Acceptance,
        MessageTopic.Refusal => NoticeKind.Refusal,
        MessageTopic.Supplement => NoticeKind.Supplement,
        MessageTopic.Delivery => NoticeKind.Delivery,
        _ => null,
    };
}
