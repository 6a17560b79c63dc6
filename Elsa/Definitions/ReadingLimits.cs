using System.Text.Json;

namespace Elsa.Definitions;

/// <summary>
/// What may be read for one definition, the definitions that it uses included. Each use is read anew, so a few definitions that
/// use each other twice would otherwise be without end in practice.
/// </summary>
internal static class ReadingLimits
{
    /// <summary>Definitions used in one another.</summary>
    public const int Depth = 32;

    /// <summary>Activities in all.</summary>
    public const int Activities = 100_000;

    [ThreadStatic]
    private static int _depth;

    [ThreadStatic]
    private static int _activities;

    /// <summary>Reads a definition, inside of another or not.</summary>
    /// <exception cref="JsonException">Too many definitions are used in one another.</exception>
    public static T Within<T>(Func<T> read)
    {
        if (_depth == 0)
            _activities = 0;
        if (_depth == Depth)
            throw new JsonException($"Definitions are used in one another more than {Depth} times.");
        _depth++;
        try
        {
            return read();
        }
        finally
        {
            _depth--;
        }
    }

    /// <exception cref="JsonException">There are too many; the message names the one.</exception>
    public static void Count(string? activityId)
    {
        if (++_activities > Activities)
            throw new JsonException($"Activity '{activityId}' is one more than the {Activities} that a definition may have, those of the definitions it uses included.");
    }
}
