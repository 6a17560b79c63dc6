using Shouldly;
using TongBan.Activities;
using TongBan.Domain.Cases;
using Xunit;

namespace TongBan.Workflows.Tests;

/// <summary>Host → Workflows → Activities → Domain and Elsa, and never back or across.</summary>
public sealed class DependencyTests
{
    [Fact]
    public void Domain_References_NeitherElsaNorWhatStandsAboveIt() =>
        ReferencesOf(typeof(CaseDesk)).ShouldNotContain(name => name.StartsWith("TongBan.", StringComparison.Ordinal) || name.StartsWith("Elsa", StringComparison.Ordinal));

    [Fact]
    public void Elsa_References_NothingOfTheCity() =>
        ReferencesOf(typeof(Elsa.Workflows.Activity)).ShouldNotContain(name => name.StartsWith("TongBan.", StringComparison.Ordinal));

    [Fact]
    public void Activities_Reference_OfOursOnlyTheDomainAndTheRuntime() =>
        ReferencesOf(typeof(CaseActivity)).Where(name => name.StartsWith("TongBan.", StringComparison.Ordinal) && name != RuntimeName).ShouldBe(["TongBan.Domain"]);

    [Fact]
    public void Activities_Reference_Elsa() => ReferencesOf(typeof(CaseActivity)).ShouldContain(RuntimeName, StringComparer.Ordinal);

    /// <summary>Our runtime, or Elsa's package where it stands in.</summary>
    private static string RuntimeName => typeof(Elsa.Workflows.Activity).Assembly.GetName().Name!;

    private static IEnumerable<string> ReferencesOf(Type type) => type.Assembly.GetReferencedAssemblies().Select(a => a.Name!);
}
