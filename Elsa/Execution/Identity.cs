using System.Globalization;

namespace Elsa.Workflows
{
    /// <summary>Makes ids for instances, executions and definitions.</summary>
    public interface IIdentityGenerator
    {
        /// <summary>A new id: 16 hex digits, at random. It names a row and keeps nothing secret.</summary>
        string GenerateId();
    }
}

namespace Elsa.Execution
{
    /// <summary>Ids of hex digits, as definitions and Studio know them. They name rows; they are no secrets.</summary>
    internal sealed class Identity : Workflows.IIdentityGenerator
    {
        private const char ExecutionMark = '-';

        /// <summary>16 digits, at random.</summary>
        public static string New() => Random.Shared.NextInt64().ToString("x16", CultureInfo.InvariantCulture);

        /// <summary>20 digits in order of time, 13 of microseconds and 7 at random: rows that are written together stand together.</summary>
        public static string NewInstance(DateTimeOffset now) =>
            string.Create(CultureInfo.InvariantCulture, $"{now.UtcTicks / TimeSpan.TicksPerMicrosecond & 0xF_FFFF_FFFF_FFFF:x13}{Random.Shared.Next(1 << 28):x7}");

        /// <summary>The id of an execution names its instance, so that its history is found by it.</summary>
        public static string OfExecution(string instanceId, int number) => string.Create(CultureInfo.InvariantCulture, $"{instanceId}{ExecutionMark}{number:x}");

        /// <summary>The id as it is stored with its instance.</summary>
        public static ReadOnlySpan<char> Brief(string instanceId, string executionId) =>
            executionId.Length > instanceId.Length && executionId[instanceId.Length] == ExecutionMark && executionId.StartsWith(instanceId, StringComparison.Ordinal) ? executionId.AsSpan(instanceId.Length) : executionId;

        /// <summary>The id that was stored with its instance.</summary>
        public static string Full(string instanceId, string stored) => stored[0] == ExecutionMark ? instanceId + stored : stored;

        /// <summary>The instance of an execution; null for one that began before ids named it.</summary>
        public static string? InstanceOf(string executionId) => executionId.LastIndexOf(ExecutionMark) is > 0 and var end ? executionId[..end] : null;

        /// <summary>The instance of an execution; null when it is the given one, or not known.</summary>
        public static string? OtherInstanceOf(string? executionId, string instanceId) =>
            executionId is null || Brief(instanceId, executionId).Length < executionId.Length ? null : InstanceOf(executionId);

        public string GenerateId() => New();
    }
}
