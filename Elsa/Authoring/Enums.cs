namespace Elsa.Workflows
{
    /// <summary>How an execution of an activity stands.</summary>
    public enum ActivityStatus
    {
        /// <summary>Scheduled, or refused to run for now.</summary>
        Pending,

        /// <summary>Runs, or waits for a bookmark or for its children.</summary>
        Running,

        /// <summary>Over, and its parent has gone on.</summary>
        Completed,

        /// <summary>Ended from outside: by a join, an end of its container, or a person. Its parent was not called.</summary>
        Canceled,

        /// <summary>Failed; an incident says why. It can be repeated where the incident strategy lets the instance go on.</summary>
        Faulted,
    }

    /// <summary>Whether an instance runs or has ended.</summary>
    public enum WorkflowStatus
    {
        /// <summary>Not at its end; it may wait for as long as it likes.</summary>
        Running,

        /// <summary>Ended, in whatever way; it never runs again.</summary>
        Finished,
    }

    /// <summary>How an instance runs or how it ended.</summary>
    public enum WorkflowSubStatus
    {
        /// <summary>Created, not begun.</summary>
        Pending,

        /// <summary>A burst runs at this moment.</summary>
        Executing,

        /// <summary>Waits for a stimulus, a timer, a child or a person.</summary>
        Suspended,

        /// <summary>Ended by its own course.</summary>
        Finished,

        /// <summary>Ended from outside.</summary>
        Cancelled,

        /// <summary>Ended by an incident.</summary>
        Faulted,

        /// <summary>Of the original, where a host stops in the middle of a burst. Here such a burst is undone, so no instance is left so.</summary>
        Interrupted,
    }

    /// <summary>How the designer draws an activity type, and what it may do.</summary>
    public enum ActivityKind
    {
        /// <summary>An ordinary step.</summary>
        Action,

        /// <summary>Can start a workflow.</summary>
        Trigger,

        /// <summary>In the original may run beside the burst; here a step like any other.</summary>
        Job,

        /// <summary>Likewise, and does so by default in the original.</summary>
        Task,
    }

    /// <summary>When a fork is complete.</summary>
    public enum ForkJoinMode
    {
        /// <summary>When all branches are.</summary>
        WaitAll,

        /// <summary>When the first branch is; the others are cancelled.</summary>
        WaitAny,
    }

    /// <summary>How many cases a switch follows.</summary>
    public enum SwitchMode
    {
        /// <summary>The first that holds.</summary>
        MatchFirst,

        /// <summary>Each that holds.</summary>
        MatchAny,
    }

    /// <summary>Usual values for the type of a fault.</summary>
    public static class DefaultFaultTypes
    {
        /// <summary>Something technical failed; the default.</summary>
        public const string System = "System";

        /// <summary>A rule of the business was not met.</summary>
        public const string Business = "Business";

        /// <summary>Another system failed.</summary>
        public const string Integration = "Integration";
    }
}

namespace Elsa.Workflows.Models
{
    /// <summary>What a port of an activity stands for.</summary>
    public enum PortType
    {
        /// <summary>A slot for a child activity.</summary>
        Embedded,

        /// <summary>An outcome that connections start from.</summary>
        Flow,
    }
}
