using Elsa.Expressions;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Expressions;

/// <summary>As Humanizer 3.0.10 does it, which the original asks: seen in a run of it.</summary>
public sealed class PascalCaseTests
{
    [Theory]
    [InlineData("Rich definition", "RichDefinition")]
    [InlineData("my_flow-x 2", "MyFlowX 2")]
    [InlineData("line_1", "Line_1")]
    [InlineData("a__b--c  d", "ABCD")]
    [InlineData(" lead", "Lead")]
    [InlineData("foo.bar baz", "Foo.barBaz")]
    [InlineData("été", "été")]
    [InlineData("问候 子流程 x", "问候 子流程X")]
    public void Of_Name_IsSpelledAsInTheOriginal(string name, string spelled) => PascalCase.Of(name).ShouldBe(spelled);
}
