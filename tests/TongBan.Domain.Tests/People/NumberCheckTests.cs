using Shouldly;
using TongBan.Domain.People;
using Xunit;

namespace TongBan.Domain.Tests.People;

public sealed class NumberCheckTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    [InlineData("11010519491231002X")]
    [InlineData(" 11010519491231002x ")]
    [InlineData("440524188001010014")]
    public void IdentityWarning_ValidNumber_IsNull(string number) => IdentityNumber.Warning(number, Today).ShouldBeNull();

    [Theory]
    [InlineData("110105194912310021", "校验位")]
    [InlineData("11010519491331002X", "出生日期")]
    [InlineData("11010529491231002X", "出生日期")]
    [InlineData("1101051949123100", "18位")]
    [InlineData("A1010519491231002X", "前17位")]
    [InlineData("", "18位")]
    [InlineData("１1010519491231002X", "前17位")]
    public void IdentityWarning_OddNumber_NamesWhatIsOdd(string number, string names) =>
        IdentityNumber.Warning(number, Today).ShouldNotBeNull().ShouldContain(names);

    [Fact]
    public void IdentityWarning_EveryOtherCheckDigit_IsWarnedOf() =>
        "0123456789".ShouldAllBe(digit => IdentityNumber.Warning("11010519491231002" + digit, Today) != null);

    [Theory]
    [InlineData("91350100M000100Y43")]
    [InlineData("91350100m000100y43")]
    public void CreditWarning_ValidCode_IsNull(string code) => CreditCode.Warning(code).ShouldBeNull();

    [Theory]
    [InlineData("91350211M0000XUF46", "校验位")]
    [InlineData("91350100M0001TGQXM", "校验位")]
    [InlineData("91350100M000100I43", "“I”")]
    [InlineData("91350100", "18位")]
    public void CreditWarning_OddCode_NamesWhatIsOdd(string code, string names) =>
        CreditCode.Warning(code).ShouldNotBeNull().ShouldContain(names);
}
