using System.Text.Json.Nodes;
using Elsa.Expressions.Exceptions;
using Elsa.Expressions.Helpers;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Expressions;

public sealed class ConversionTests
{
    private static readonly ObjectConverterOptions Strict = new(StrictMode: true);

    [Theory]
    [InlineData("perhaps", typeof(bool))]
    [InlineData("many", typeof(int))]
    [InlineData("some day", typeof(DateTime?))]
    [InlineData("{ no json", typeof(Dictionary<string, object>))]
    public void ConvertTo_InStrictMode_NamesValueAndType(string text, Type type)
    {
        var exception = Should.Throw<TypeConversionException>(() => text.ConvertTo(type, Strict));

        exception.Value.ShouldBe(text);
        exception.TargetType.ShouldBe(type);
    }

    [Fact]
    public void ConvertTo_ObjectThatIsNoNumber_IsZeroOrStrictlyAnError()
    {
        new object().ConvertTo<int>().ShouldBe(0);
        new List<int> { 1 }.ConvertTo<int>().ShouldBe(0);
        Should.Throw<TypeConversionException>(() => new object().ConvertTo<int>(Strict));
    }

    [Fact]
    public void ConvertTo_ListOfObjects_KeepsTheNodesOfAnArray()
    {
        var list = JsonNode.Parse("""[{ "name": "甲" }, null, 3]""").ConvertTo<List<object>>();

        list.ShouldNotBeNull().Count.ShouldBe(3);
        list[0].ShouldBeOfType<JsonObject>()["name"]!.GetValue<string>().ShouldBe("甲");
        list[1].ShouldBeNull();
    }

    [Fact]
    public void TryConvertTo_ValueThatFitsOrNot_SaysWhich()
    {
        "42".TryConvertTo<int>().Value.ShouldBe(42);

        var failure = "many".TryConvertTo<int>(Strict);
        failure.IsSuccess.ShouldBeFalse();
        failure.Exception.ShouldBeOfType<TypeConversionException>();
        failure.ValueOrDefault.ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => failure.Value);
        Should.Throw<TypeConversionException>(() => failure.ThrowIfFailure());
    }
}
