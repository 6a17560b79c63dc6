using Elsa.Expressions;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Expressions;

public sealed class JavaScriptTests
{
    [Theory]
    [InlineData("toJson({ 名称: '中文', n: 1 })", """{"名称":"中文","n":1}""")]
    [InlineData("if (getN() === 0) return 'zero'; return 'other'", "zero")]
    [InlineData("Promise.resolve('later')", "later")]
    [InlineData("variables.N = 5; getN()", "5")]
    [InlineData("setN(7); variables.N", "7")]
    [InlineData("TimeSpan.FromHours(1).ToString()", "01:00:00")]
    [InlineData("typeof args", "object")]
    [InlineData("isNullOrEmpty('') && isNullOrWhiteSpace(' ')", "True")]
    [InlineData("stringFromBase64(stringToBase64('中文'))", "中文")]
    [InlineData("getWorkflowDefinitionId()", "script")]
    public async Task Script_WithElsasFunctions_Yields(string script, string expected) => (await EvaluateAsync(script)).ShouldBe(expected);

    [Fact]
    public async Task Script_ThatYieldsALargeInteger_IsStoredDigitByDigit()
    {
        var run = await MemoryRun.StartAsync(Flows.Chart("script", ["wait=event:never"], []));
        var value = await ExpressionEvaluator.EvaluateAsync(new Expression("JavaScript", "({ n: 2n ** 70n, m: [5n] })"), typeof(object), run.Workflow.ExpressionExecutionContext);

        StoredValues.ToJson(value).ShouldBe("""{"n":1180591620717411303424,"m":[5]}""");
    }

    [Theory]
    [InlineData("getOutputFrom('nobody', 'Result')")]
    [InlineData("DateTime.UtcNow.GetType().Assembly.Location")]
    [InlineData("importNamespace('System')")]
    public async Task Script_ThatAsksForWhatIsNotThere_Fails(string script) => await Should.ThrowAsync<Exception>(() => EvaluateAsync(script));

    [Theory]
    [InlineData("1 + 1", 2d)]
    [InlineData("0.5", 0.5)]
    [InlineData("1234567890123456", 1234567890123456L)]
    [InlineData("BigInt('7239948466988781569')", 7239948466988781569L)]
    public async Task Script_ThatYieldsANumber_YieldsADouble(string script, object expected)
    {
        var run = await MemoryRun.StartAsync(Flows.Chart("script", ["wait=event:never"], []));
        (await ExpressionEvaluator.EvaluateAsync(new Expression("JavaScript", script), typeof(object), run.Workflow.ExpressionExecutionContext)).ShouldBe(expected);
    }

    [Fact]
    public async Task Script_WhereNoWorkflowRuns_SeesWhatItsMemoryDeclares()
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        var context = new ExpressionExecutionContext(services, new MemoryRegister());
        context.CreateVariable("Hall", "东");
        context.SetVariable("Hall", "西");

        (await ExpressionEvaluator.EvaluateAsync(new Expression("JavaScript", "getHall() + typeof getCorrelationId"), typeof(string), context)).ShouldBe("西function");
        var script = new Expression("JavaScript", "getCorrelationId()");
        (await Should.ThrowAsync<Exception>(async () => await ExpressionEvaluator.EvaluateAsync(script, typeof(string), context))).Message.ShouldContain("No workflow is running");
    }

    private static async Task<string?> EvaluateAsync(string script)
    {
        var run = await MemoryRun.StartAsync(Flows.Chart("script", ["wait=event:never"], []));
        return (string?)await ExpressionEvaluator.EvaluateAsync(new Expression("JavaScript", script), typeof(string), run.Workflow.ActivityExecutionContexts.Last().ExpressionExecutionContext);
    }
}
