namespace TongBan.Host.Workflows.Consistency;

/// <summary>A way in which rows of a case can disagree.</summary>
/// <param name="Code">A stable code, for example <c>call-overdue</c>.</param>
/// <param name="What">In words, for whoever looks at it.</param>
/// <param name="Remedy">What is done where the right state is certain; else a person is shown it.</param>
/// <param name="Sql">Finds them: <c>reference</c>, <c>case_number</c> and <c>detail</c>; what changed after <c>@before</c> may still be under way.</param>
internal sealed record Divergence(string Code, string What, Remedy Remedy, string Sql);

/// <summary>What is done about a divergence.</summary>
internal enum Remedy
{
    /// <summary>A person decides.</summary>
    Show,

    /// <summary>The case's steps look again.</summary>
    Wake,

    /// <summary>The task is called off.</summary>
    CancelTask,

    /// <summary>The call is handed out again.</summary>
    HandOut,

    /// <summary>The incident that a failed call should have is opened.</summary>
    OpenIncident,

    /// <summary>The parcel's papers go to whom it was delivered.</summary>
    Unpack,

    /// <summary>The timer is handed out again.</summary>
    FireTimer,
}

/// <summary>A divergence that was found.</summary>
internal sealed record Found
{
    public required string Reference { get; init; }

    public required string CaseNumber { get; init; }

    public string? Detail { get; init; }
}
