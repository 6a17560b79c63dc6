using System.Text;
using Shouldly;
using TongBan.Host.Partners;
using Xunit;

namespace TongBan.Host.Tests.Partners;

public sealed class SignatureTests
{
    /// <summary>From: printf '1700000000\nabc\n{"a":1}' | openssl dgst -sha256 -hmac 'a-shared-secret!'</summary>
    [Fact]
    public void Compute_KnownInput_IsWhatOpenSslSays() =>
        Signature.Compute("a-shared-secret!", "1700000000", "abc", Encoding.UTF8.GetBytes("{\"a\":1}")).ShouldBe("36e6136d8c8da75895cf9912ed6415dbd2e3c1468dacdc6b97159f799080e773");

    [Theory]
    [InlineData("1700000001", "abc", "{\"a\":1}")]
    [InlineData("1700000000", "abd", "{\"a\":1}")]
    [InlineData("1700000000", "abc", "{\"a\":2}")]
    public void Fits_AnyPartChanged_IsFalse(string timestamp, string nonce, string body)
    {
        var signature = Signature.Compute("a-shared-secret!", "1700000000", "abc", Encoding.UTF8.GetBytes("{\"a\":1}"));

        Signature.Fits("a-shared-secret!", timestamp, nonce, Encoding.UTF8.GetBytes(body), signature).ShouldBeFalse();
    }
}
