using Elsa.Workflows;
using Elsa.Workflows.Activities.Flowchart.Models;

namespace TongBan.Workflows.Soundness;

/// <summary>A step of the workflow: an activity in its container.</summary>
internal sealed class Step
{
    public Step(IActivity activity, Step? container)
    {
        (Activity, Container) = (activity, container);
        Slots = Parts.Children(activity);
        Outcomes = Slots.Count > 0 ? null : Leaving.Outcomes(activity);
        Entry = new Place(this);
        Exit = Slots.Count > 0 ? new Place(this) : Entry;
    }

    public IActivity Activity { get; }

    public Step? Container { get; }

    /// <summary>The activities inside, each with the name of the property that holds it.</summary>
    public IReadOnlyList<(string Slot, IActivity Activity)> Slots { get; }

    public List<Step> Children { get; } = [];

    /// <summary>The outcomes by which it can leave; null when they are not known before it runs.</summary>
    public IReadOnlyList<string>? Outcomes { get; }

    /// <summary>Where work arrives.</summary>
    public Place Entry { get; }

    /// <summary>Where work leaves: the same place, unless the step holds others.</summary>
    public Place Exit { get; }

    public bool IsContainer => Slots.Count > 0;
}

/// <summary>Where work can be: at a step that holds no others, or at either end of one that does.</summary>
internal sealed class Place(Step step)
{
    public Step Step { get; } = step;

    public List<Way> Out { get; } = [];

    public List<Way> In { get; } = [];
}

/// <summary>How work gets from one place to another.</summary>
/// <param name="Port">The outcome that leads this way; null when there is no choice.</param>
/// <param name="Line">The connection that a person drew; null for a way that comes of how containers work.</param>
internal sealed record Way(Place From, string? Port, Place To, Connection? Line);
