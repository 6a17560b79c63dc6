using CsCheck;
using Shouldly;
using TongBan.Host.Mail;
using TongBan.Host.Mail.Bounces;
using Xunit;

namespace TongBan.Host.Tests.Mail.Bounces;

/// <summary>What a delivery report is read as.</summary>
public sealed class BounceReportTests
{
    private static readonly Guid Call = Guid.CreateVersion7();

    private static readonly string[] Shapes = ["postfix", "exchange", "bare", "answer"];

    [Theory]
    [InlineData("postfix", "550 5.1.1 <reader@example.com>: Recipient address rejected: User unknown")]
    [InlineData("exchange", "550 5.1.1 RESOLVER.ADR.RecipNotFound; not found")]
    [InlineData("bare", null)]
    [InlineData("answer", null)]
    public void Of_EachShape_NamesTheCallAndWhy(string shape, string? said)
    {
        var report = BounceReport.Of(Reports.Of(shape, MailId.Of(Call), "reader@example.com")).ShouldNotBeNull();

        report.Call.ShouldBe(Call);
        var failure = report.Failure.ShouldNotBeNull();
        failure.ShouldBe(new BounceFailure("5.1.1", said));
        failure.Why.ShouldBe("收件邮箱不存在");
    }

    [Theory]
    [InlineData("delayed", "4.4.1")]
    [InlineData("delivered", "2.0.0")]
    [InlineData("relayed", "2.0.0")]
    [InlineData("", "5.1.1")]
    public void Of_AMailThatIsNotGivenUp_IsNoFailure(string action, string status) =>
        BounceReport.Of(Reports.Of("postfix", MailId.Of(Call), "reader@example.com", action, status)).ShouldNotBeNull().Failure.ShouldBeNull();

    [Theory]
    [InlineData("5.2.2", "5.2.2", "收件邮箱已满")]
    [InlineData("5.7.1", "5.7.1", "对方邮件服务器按其安全规则拒收")]
    [InlineData("4.4.7", "4.4.7", "多次投递未能送达")]
    [InlineData("broken", "5.0.0", "对方邮件服务器未能投递")]
    public void Of_AMailThatIsGivenUp_SaysWhyInPlainWords(string status, string read, string why)
    {
        var failure = BounceReport.Of(Reports.Of("bare", MailId.Of(Call), "reader@example.com", "failed", status)).ShouldNotBeNull().Failure.ShouldNotBeNull();

        (failure.Status, failure.Why).ShouldBe((read, why));
    }

    [Theory]
    [InlineData("0197f000-0000-7000-8000-000000000000@elsewhere.example")]
    [InlineData("not-an-id@tongban")]
    [InlineData("@tongban")]
    [InlineData("")]
    public void Of_AMailThatIsNotOurs_IsNothing(string id) => BounceReport.Of(Reports.Of("postfix", id, "reader@example.com")).ShouldBeNull();

    [Fact]
    public void Of_ReportsWithAnythingChanged_NeverThrows()
    {
        var change = Gen.Select(Gen.Int[0, Shapes.Length - 1], Gen.Double[0, 1], Gen.Int[0, 400], Gen.Byte.Array[0, 60]);

        change.Sample((shape, at, cut, put) =>
        {
            var raw = Reports.Of(Shapes[shape], MailId.Of(Call), "reader@example.com");
            var start = (int)(at * raw.Length);
            _ = BounceReport.Of([.. raw[..start], .. put, .. raw.Skip(start + cut)]);
        });
    }
}
