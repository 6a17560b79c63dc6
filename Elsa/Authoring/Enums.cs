namespace Elsa.Workflows
{
    public enum ActivityStatus
    {
        Pending,
        Running,
        Completed,
        Canceled,
        Faulted,
    }

    public enum WorkflowStatus
    {
        Running,
        Finished,
    }

    public enum WorkflowSubStatus
    {
        Pending,
        Executing,
        Suspended,
        Finished,
        Cancelled,
        Faulted,
        Interrupted,
    }

    public enum ActivityKind
    {
        Action,
        Trigger,
        Job,
        Task,
    }

    public enum ForkJoinMode
    {
        WaitAll,
        WaitAny,
    }

    public enum SwitchMode
    {
        MatchFirst,
        MatchAny,
    }

    /// <summary>Usual values for the type of a fault.</summary>
    public static class DefaultFaultTypes
    {
        public const string System = "System";
        public const string Business = "Business";
        public const string Integration = "Integration";
    }
}

namespace Elsa.Workflows.Models
{
    public enum PortType
    {
        /// <summary>A slot for a child activity.</summary>
        Embedded,

        /// <summary>An outcome that connections start from.</summary>
        Flow,
    }
}
