using Shouldly;
using TongBan.Domain.Catalogue;
using Xunit;

namespace TongBan.Domain.Tests.Catalogue;

public sealed class PinyinTableTests
{
    [Theory]
    [InlineData("银行", "yin xing,hang")]
    [InlineData("内资", "nei,na zi")]
    [InlineData("（A类）GB50016", "a lei gb50016")]
    [InlineData("2026年", "2026 nian")]
    [InlineData("", "")]
    public void Spell_Name_HasAGroupPerCharacter(string name, string spelling) => PinyinTable.Spell(name).ShouldBe(spelling);
}
