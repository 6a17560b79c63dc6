using Elsa.Expressions;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Memory;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Expressions;

/// <summary>Variables that hold objects and lists, as scripts see and change them.</summary>
public sealed class JavaScriptVariablesTests
{
    [Theory]
    [InlineData("variables.Box.a = 5", """{"a":5,"list":[1]}""")]
    [InlineData("variables.Box.list.push(2)", """{"a":1,"list":[1,2]}""")]
    [InlineData("getBox().a = 6; variables.Box.list = [getBox().a]", """{"a":6,"list":[6]}""")]
    [InlineData("setBox({ b: 1 }); getBox().c = 2", """{"b":1,"c":2}""")]
    [InlineData("getVariable('Box').list.length = 0", """{"a":1,"list":[]}""")]
    [InlineData("const copy = { ...getBox() }; copy.a = 9", """{"a":1,"list":[1]}""")]
    public async Task Script_ThatChangesAnObject_ChangesTheVariable(string script, string expected)
    {
        var scope = await ScopeAsync();

        await EvaluateAsync(scope, script);

        (await EvaluateAsync(scope, "JSON.stringify(getBox())")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("'x'", 0)]
    [InlineData("'12'", 12)]
    [InlineData("'2.7'", 0)]
    [InlineData("2.7", 3)]
    [InlineData("true", 1)]
    public async Task Variable_ThatIsSetToWhatItCannotHold_TakesItsTypesDefault(string script, int expected)
    {
        var scope = await ScopeAsync();

        await EvaluateAsync(scope, $"setCount({script})");

        scope.GetVariable<int>("Count").ShouldBe(expected);
    }

    private static async Task<ExpressionExecutionContext> ScopeAsync()
    {
        var box = new Variable<object>("Box", null!);
        var root = new Sequence { Variables = { box, new Variable<int>("Count", 7) }, Activities = { new global::Elsa.Workflows.Runtime.Activities.Event("never", null, null) } };
        var run = await MemoryRun.StartAsync(MemoryRun.Compile(root));
        var scope = run.Workflow.ActivityExecutionContexts.Last().ExpressionExecutionContext;
        await EvaluateAsync(scope, "setBox({ a: 1, list: [1] })");
        return scope;
    }

    private static async Task<string?> EvaluateAsync(ExpressionExecutionContext scope, string script) =>
        (string?)await ExpressionEvaluator.EvaluateAsync(new Expression("JavaScript", script), typeof(string), scope);
}
