namespace Elsa.Workflows.Runtime;

/// <summary>The names of the stimuli of the runtime's own activities.</summary>
public static class RuntimeStimulusNames
{
    /// <summary>Of <see cref="Activities.Event"/>.</summary>
    public const string Event = "Elsa.Event";
}
