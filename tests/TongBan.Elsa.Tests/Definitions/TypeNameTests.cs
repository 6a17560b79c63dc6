using Elsa.Expressions;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Definitions;

public sealed class TypeNameTests
{
    private readonly WellKnownTypeRegistry _types = new();

    [Theory]
    [InlineData("String", typeof(string))]
    [InlineData("string", typeof(string))]
    [InlineData("String[]", typeof(string[]))]
    [InlineData("String[][]", typeof(string[][]))]
    [InlineData("List<String>", typeof(List<string>))]
    [InlineData("List<String[]>", typeof(List<string[]>))]
    [InlineData("List<List<String>>", typeof(List<List<string>>))]
    [InlineData("HashSet<Int32>", typeof(HashSet<int>))]
    [InlineData("ObjectDictionary", typeof(IDictionary<string, object>))]
    [InlineData("System.Text.StringBuilder, System.Runtime", null)]
    public void Find_NameInADefinition_IsItsType(string name, Type? type) => _types.Find(name).ShouldBe(type);

    [Theory]
    [InlineData(typeof(string[][]), "String[][]")]
    [InlineData(typeof(IReadOnlyList<string>), "List<String>")]
    [InlineData(typeof(List<List<string>>), "List<List<String>>")]
    [InlineData(typeof(ISet<int>), "HashSet<Int32>")]
    public void NameOf_Collection_NamesItsKindAndItems(Type type, string name) => _types.NameOf(type).ShouldBe(name);

    [Theory]
    [InlineData(typeof(System.Text.StringBuilder))]
    [InlineData(typeof(System.Text.StringBuilder[]))]
    [InlineData(typeof(List<System.Text.StringBuilder>))]
    public void NameOf_TypeThatIsNotRegistered_IsNoTypeWhenItIsReadAgain(Type type)
    {
        _types.NameOf(type).ShouldStartWith("UnregisteredClrType:");
        _types.Find(_types.NameOf(type)).ShouldBeNull();
    }
}
