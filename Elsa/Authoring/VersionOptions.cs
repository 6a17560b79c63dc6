using System.Globalization;

namespace Elsa.Common.Models;

/// <summary>Which version of a definition is meant.</summary>
public struct VersionOptions : IEquatable<VersionOptions>
{
    /// <summary>The newest version, published or not.</summary>
    public static readonly VersionOptions Latest = new() { IsLatest = true };

    /// <summary>The version that new instances start on.</summary>
    public static readonly VersionOptions Published = new() { IsPublished = true };

    /// <summary>The newest version and, where that is another one, the published one.</summary>
    public static readonly VersionOptions LatestOrPublished = new() { IsLatestOrPublished = true };

    /// <summary>The newest version if it is published.</summary>
    public static readonly VersionOptions LatestAndPublished = new() { IsLatestAndPublished = true };

    /// <summary>Versions that are not published, the newest first.</summary>
    public static readonly VersionOptions Draft = new() { IsDraft = true };

    /// <summary>Every version.</summary>
    public static readonly VersionOptions All = new() { AllVersions = true };

    /// <summary>Whether the newest version is meant.</summary>
    public bool IsLatest { get; private set; }

    /// <summary>Whether the newest and the published one are meant.</summary>
    public bool IsLatestOrPublished { get; private set; }

    /// <summary>Whether the newest version is meant, if it is published.</summary>
    public bool IsLatestAndPublished { get; private set; }

    /// <summary>Whether the published version is meant.</summary>
    public bool IsPublished { get; private set; }

    /// <summary>Whether unpublished versions are meant.</summary>
    public bool IsDraft { get; private set; }

    /// <summary>Whether every version is meant.</summary>
    public bool AllVersions { get; private set; }

    /// <summary>The number of the one version that is meant; 0 unless made by <see cref="SpecificVersion"/>.</summary>
    public int Version { get; private set; }

    /// <summary>One version by its number, from 1.</summary>
    public static VersionOptions SpecificVersion(int version) => new() { Version = version };

    /// <summary>Reads what <see cref="ToString"/> writes: a word or a number.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static VersionOptions FromString(string value) =>
        TryParse(value, out var options) ? options : throw new FormatException($"'{value}' names no version.");

    /// <summary>Reads what <see cref="ToString"/> writes: a word, case counts, or a number without sign.</summary>
    public static bool TryParse(string value, out VersionOptions versionOptions)
    {
        (var known, versionOptions) = value switch
        {
            "AllVersions" => (true, All),
            "Draft" => (true, Draft),
            "Latest" => (true, Latest),
            "Published" => (true, Published),
            "LatestOrPublished" => (true, LatestOrPublished),
            "LatestAndPublished" => (true, LatestAndPublished),
            _ => (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number), SpecificVersion(number)),
        };
        return known;
    }

    /// <summary>The word or the number by which the REST API knows it.</summary>
    public override readonly string ToString() => this switch
    {
        { AllVersions: true } => "AllVersions",
        { IsDraft: true } => "Draft",
        { IsLatest: true } => "Latest",
        { IsPublished: true } => "Published",
        { IsLatestOrPublished: true } => "LatestOrPublished",
        { IsLatestAndPublished: true } => "LatestAndPublished",
        _ => Version.ToString(CultureInfo.InvariantCulture),
    };

    /// <inheritdoc />
    public readonly bool Equals(VersionOptions other) => string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    /// <inheritdoc />
    public override readonly bool Equals(object? obj) => obj is VersionOptions other && Equals(other);

    /// <inheritdoc />
    public override readonly int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>Whether both mean the same versions.</summary>
    public static bool operator ==(VersionOptions left, VersionOptions right) => left.Equals(right);

    /// <summary>Whether they mean different versions.</summary>
    public static bool operator !=(VersionOptions left, VersionOptions right) => !left.Equals(right);
}
