using Elsa.Expressions.Models;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Models;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Expressions;

/// <summary>What somebody writes into a definition stays inside it: no .NET types, no files, no network, no host that stands still.</summary>
public sealed class SandboxTests
{
    [Theory]
    [InlineData("System.IO.File.ReadAllText('/etc/passwd')")]
    [InlineData("importNamespace('System')")]
    [InlineData("clr.System")]
    [InlineData("host")]
    [InlineData("require('fs')")]
    [InlineData("process.env")]
    [InlineData("Deno.readTextFileSync('/etc/passwd')")]
    [InlineData("fetch('http://127.0.0.1/')")]
    [InlineData("new XMLHttpRequest()")]
    [InlineData("new WebSocket('ws://127.0.0.1/')")]
    [InlineData("newGuid().GetType()")]
    [InlineData("newGuid.GetType()")]
    [InlineData("newGuid.Method")]
    [InlineData("newGuid.Target")]
    [InlineData("newGuid.Invoke")]
    [InlineData("getVariable.DynamicInvoke")]
    [InlineData("parseGuid('00000000-0000-0000-0000-000000000000').GetType().Assembly")]
    [InlineData("bytesFromString('x').GetType()")]
    [InlineData("''.GetType()")]
    [InlineData("(0).GetType()")]
    [InlineData("new Date().GetType()")]
    [InlineData("new Function('return typeof System === \"undefined\" ? undefined : 1')()")]
    [InlineData("getVariable.constructor('return typeof System === \"undefined\" ? undefined : 1')()")]
    [InlineData("(() => { try { null.x } catch (e) { return e.GetType ? e.GetType() : undefined } })()")]
    public async Task JavaScript_ReachesNothingOutside(string attack)
    {
        var script = $"let reached; try {{ reached = ({attack}); }} catch (e) {{ reached = undefined; }} if (reached !== undefined && reached !== null) throw new Error('reached: ' + reached); 'barred'";

        (await RunAsync("JavaScript", script)).ShouldBeNull();
    }

    [Theory]
    [InlineData("while (true) {}")]
    [InlineData("let all = []; while (true) all.push(new Array(100000).fill('x'))")]
    [InlineData("(function again() { return again() + 1; })()")]
    [InlineData("'x'.repeat(2 ** 30)")]
    [InlineData("new Array(2 ** 31).join('x')")]
    [InlineData("/^(a+)+$/.test('a'.repeat(40) + '!')")]
    public async Task JavaScript_WithoutEnd_IsStopped(string script) => (await RunAsync("JavaScript", script)).ShouldNotBeNull();

    [Theory]
    [InlineData("{% include '/etc/passwd' %}")]
    [InlineData("{% include '../../../../etc/passwd' %}")]
    [InlineData("{% render 'passwd' %}")]
    public async Task Liquid_ReadsNoFiles(string template)
    {
        var problem = await RunAsync("Liquid", template + "{% assign done = true %}");

        (problem ?? "").ShouldNotContain("root:");
        problem.ShouldNotBeNull();
    }

    /// <summary>The message of the incident, or null when the input was evaluated.</summary>
    private static async Task<string?> RunAsync(string syntax, string text)
    {
        var graph = MemoryRun.Compile(new WriteLine(new Input<string>(new Expression(syntax, text), new MemoryBlockReference())));
        return (await MemoryRun.StartAsync(graph)).Workflow.Incidents.FirstOrDefault()?.Message;
    }
}
