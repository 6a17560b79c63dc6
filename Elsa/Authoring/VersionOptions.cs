using System.Globalization;

namespace Elsa.Common.Models;

/// <summary>Which version of a definition is meant.</summary>
public struct VersionOptions : IEquatable<VersionOptions>
{
    public static readonly VersionOptions Latest = new() { IsLatest = true };
    public static readonly VersionOptions Published = new() { IsPublished = true };
    public static readonly VersionOptions LatestOrPublished = new() { IsLatestOrPublished = true };
    public static readonly VersionOptions LatestAndPublished = new() { IsLatestAndPublished = true };
    public static readonly VersionOptions Draft = new() { IsDraft = true };
    public static readonly VersionOptions All = new() { AllVersions = true };

    public bool IsLatest { get; private set; }

    public bool IsLatestOrPublished { get; private set; }

    public bool IsLatestAndPublished { get; private set; }

    public bool IsPublished { get; private set; }

    public bool IsDraft { get; private set; }

    public bool AllVersions { get; private set; }

    public int Version { get; private set; }

    public static VersionOptions SpecificVersion(int version) => new() { Version = version };

    public static VersionOptions FromString(string value) =>
        TryParse(value, out var options) ? options : throw new FormatException($"'{value}' names no version.");

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

    public readonly bool Equals(VersionOptions other) => string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    public override readonly bool Equals(object? obj) => obj is VersionOptions other && Equals(other);

    public override readonly int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    public static bool operator ==(VersionOptions left, VersionOptions right) => left.Equals(right);

    public static bool operator !=(VersionOptions left, VersionOptions right) => !left.Equals(right);
}
