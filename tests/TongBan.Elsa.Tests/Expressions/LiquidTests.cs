using System.Dynamic;
using Elsa.Expressions;
using Elsa.Expressions.Models;
using Elsa.Extensions;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Expressions;

public sealed class LiquidTests
{
    [Theory]
    [InlineData("编号 {{ Variables.N }}", "编号 0")]
    [InlineData("{{ Variables.Person.name }}有{{ Variables.Person.papers.size }}件", "张样例有2件")]
    [InlineData("{{ Variables.Person.papers | join: '、' }}", "申请表、身份证")]
    [InlineData("{{ Variables.Person | json }}", """{"name":"张样例","papers":["申请表","身份证"]}""")]
    [InlineData("{{ Variables.Person | keys | join: ',' }}", "name,papers")]
    [InlineData("{{ 'a' | base64 }} {{ Variables.Person.papers | base64 }}", "YQ== WyLnlLPor7fooagiLCLouqvku73or4EiXQ==")]
    [InlineData("{{ Input.Amount }}{{ Input.Nothing }}", "12")]
    [InlineData("{{ WorkflowInstanceId }} {{ CorrelationId }} {{ WorkflowDefinitionId }} {{ WorkflowDefinitionVersion }}", "test 2026-1 liquid 1")]
    [InlineData("{% if Variables.N == 0 %}零{% endif %}", "零")]
    [InlineData("{{ Variables.Nothing.at.all }}", "")]
    [InlineData("{{ Variables.N | }}", "\nAn identifier was expected after the '|' sign at (1:17)\nSource:\n{{ Variables.N | }}\n")]
    public async Task Text_WithElsasObjectsAndFilters_IsRendered(string template, string expected) => (await RenderAsync(template)).ShouldBe(expected);

    [Theory]
    [InlineData("{% for i in (1..2000000000) %}x{% endfor %}")]
    [InlineData("{% for i in (1..1000) %}{% for j in (1..1000) %}x{% endfor %}{% endfor %}")]
    [InlineData("{% assign s = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}{{ s }}")]
    public async Task Text_ThatAsksTooMuch_Fails(string template) => await Should.ThrowAsync<InvalidOperationException>(() => RenderAsync(template));

    private static async Task<string?> RenderAsync(string template)
    {
        var run = await MemoryRun.StartAsync(Flows.Chart("liquid", ["wait=event:never"], []));
        run.Workflow.CorrelationId = "2026-1";
        run.Workflow.Input["Amount"] = 12;
        IDictionary<string, object?> person = new ExpandoObject();
        (person["name"], person["papers"]) = ("张样例", new List<object> { "申请表", "身份证" });
        var context = run.Workflow.ActivityExecutionContexts.Last().ExpressionExecutionContext;
        context.CreateVariable("Person", person);
        return (string?)await ExpressionEvaluator.EvaluateAsync(new Expression("Liquid", template), typeof(string), context);
    }
}
