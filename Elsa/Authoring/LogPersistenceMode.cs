namespace Elsa.Workflows.LogPersistence;

/// <summary>Whether the history keeps a value.</summary>
public enum LogPersistenceMode
{
    /// <summary>As what encloses it says; nothing said anywhere is <see cref="Include"/>.</summary>
    Inherit,

    /// <summary>It is kept.</summary>
    Include,

    /// <summary>It is not kept.</summary>
    Exclude,
}
