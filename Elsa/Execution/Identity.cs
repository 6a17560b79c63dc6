namespace Elsa.Workflows
{
    /// <summary>Makes ids for instances, executions and definitions.</summary>
    public interface IIdentityGenerator
    {
        string GenerateId();
    }
}

namespace Elsa.Execution
{
    /// <summary>Ids of 16 hex digits, as definitions and Studio know them. They name rows; they are no secrets.</summary>
    internal sealed class Identity : Workflows.IIdentityGenerator
    {
        public static string New() => Random.Shared.NextInt64().ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

        public string GenerateId() => New();
    }
}
