namespace TongBan.Domain.Notifications;

/// <summary>A paper that the product issues in a case (文书).</summary>
/// <param name="Kind">Which paper.</param>
/// <param name="Number">The paper's own number.</param>
/// <param name="Content">What it says; it is printed from this, so that it prints the same again.</param>
public sealed record Notice(Guid Id, string CaseNumber, NoticeKind Kind, string Number, NoticeContent Content, DateTimeOffset IssuedAt);

/// <summary>The kinds of papers.</summary>
public enum NoticeKind
{
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
}

/// <summary>What a paper says beside its title: labelled fields, and the list or reason that is its point.</summary>
public sealed record NoticeContent(string Applicant, string ItemName, string IssuedBy, IReadOnlyList<NoticeField> Fields, IReadOnlyList<string> Entries, string? Text = null);

/// <summary>One labelled field.</summary>
public sealed record NoticeField(string Label, string Text);
