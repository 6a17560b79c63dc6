namespace Elsa.Scheduling;

/// <summary>The names of the stimuli of timers.</summary>
public static class SchedulingStimulusNames
{
    /// <summary>Of <see cref="Activities.Cron"/>.</summary>
    public const string Cron = "Elsa.Cron";

    /// <summary>Of <see cref="Activities.StartAt"/>.</summary>
    public const string StartAt = "Elsa.StartAt";

    /// <summary>Of <see cref="Activities.Timer"/>.</summary>
    public const string Timer = "Elsa.Timer";

    /// <summary>Of <see cref="Activities.Delay"/>.</summary>
    public const string Delay = "Elsa.Delay";
}
