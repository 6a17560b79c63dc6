using Elsa.Expressions;
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
    [InlineData("let a = {}; a.a = a; a")]
    [InlineData("let a = []; for (let i = 0; i < 100000; i++) a = [a]; a")]
    [InlineData("let a = {}; for (let i = 0; i < 100000; i++) a = { a }; a")]
    [InlineData("let a = []; for (let i = 0; i < 50; i++) a = [a, a]; a")]
    [InlineData("let a = []; a[4000000000] = 1; a")]
    [InlineData("let a = []; for (let i = 0; i < 100000; i++) a = [a]; toJson(a)")]
    [InlineData("let a = []; for (let i = 0; i < 100000; i++) a = [a]; JSON.stringify(a)")]
    [InlineData("let a = {}; for (let i = 0; i < 100000; i++) a = { a }; JSON.stringify(a, ['a'])")]
    [InlineData("JSON.parse('['.repeat(100000) + ']'.repeat(100000))")]
    [InlineData("eval('('.repeat(100000))")]
    [InlineData("new Function('return ' + '['.repeat(100000))")]
    [InlineData("(function again() { return { get a() { return again(); } }; })()")]
    [InlineData("Array.from({ length: 1e9 })")]
    [InlineData("new Uint8Array(1e9)")]
    [InlineData("new Uint8Array(1e9).sort()")]
    [InlineData("new Float64Array(new ArrayBuffer(1e9)).sort()")]
    [InlineData("new (bytesFromString('x').constructor)(1e9).sort()")]
    [InlineData("const b = new ArrayBuffer(8, { maxByteLength: 1e9 }); const a = new Uint8Array(b); b.resize(1e9); a.sort()")]
    [InlineData("[].keys.call({ length: 2 ** 53 }).drop(1e15).next()")]
    [InlineData("const [, ...all] = [][Symbol.iterator].call({ length: 2 ** 53 });")]
    [InlineData("new Array(4294967295).slice()")]
    [InlineData("const a = []; a[1000000000] = 1; a.concat(a)")]
    [InlineData("Array.fromAsync({ length: 1e9 })")]
    [InlineData("new ShadowRealm().evaluate('new Array(4294967295).slice().length')")]
    [InlineData("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)")]
    [InlineData("new Promise(() => {})")]
    [InlineData("new ArrayBuffer(2 ** 31)")]
    [InlineData("'a'.padEnd(2 ** 30)")]
    [InlineData("2n ** (2n ** 40n)")]
    [InlineData("[3, 2, 1].sort(() => { while (true); })")]
    [InlineData("({ toString() { return this + ''; } }) + ''")]
    [InlineData("({ valueOf() { return +this; } }) * 1")]
    [InlineData("const it = { [Symbol.iterator]() { return this; }, next() { return { value: [...this] }; } }; [...it]")]
    [InlineData("const h = {}; const p = new Proxy({}, h); h.__proto__ = p; p.x")]
    [InlineData("function* down(d) { if (d > 0) yield* down(d - 1); yield 1; } [...down(100000)]")]
    public async Task JavaScript_WithoutEnd_IsStopped(string script) => (await RunAsync("JavaScript", script)).ShouldNotBeNull();

    [Theory]
    [InlineData("let a = []; for (let i = 0; i < 5000; i++) a = [a]; String(a) + a.join() + (a == 1) + a.toLocaleString() + a.flat(Infinity).length")]
    [InlineData("let list = null; for (let i = 0; i < 2000; i++) list = { list }; JSON.stringify(list).length")]
    [InlineData("new RegExp('('.repeat(100000) + ')'.repeat(100000)).test('x')")]
    public async Task JavaScript_ThatBuildsWhatIsDeep_DoesNotEndTheProcess(string script) => (await RunAsync("JavaScript", script)).ShouldBeNull();

    [Theory]
    [InlineData("JSON.stringify({ b: 1, a: [{ a: 2, c: undefined }, () => 1], d: new Date(0) })", """{"b":1,"a":[{"a":2},null],"d":"1970-01-01T00:00:00.000Z"}""")]
    [InlineData("JSON.stringify({ b: 1, a: [{ c: 3, b: 2 }], 7: 'x' }, ['a', 'b', 'a'])", """{"a":[{"b":2}],"b":1}""")]
    [InlineData("JSON.stringify({ b: 1, a: [2] }, function (name, value) { return name === 'b' ? undefined : Array.isArray(this) ? value * 2 : value; })", """{"a":[4]}""")]
    [InlineData("JSON.stringify({ toJSON() { return { a: new Number(5), s: new String('x') }; } }, ['a', 's'], 1)", "{\n \"a\": 5,\n \"s\": \"x\"\n}")]
    [InlineData("(() => { try { const a = {}; a.a = a; return JSON.stringify(a); } catch (error) { return error.name; } })()", "TypeError")]
    [InlineData("(() => typeof JSON.stringify(undefined) + JSON.stringify.length + Object.keys(JSON).length)()", "undefined30")]
    public async Task JavaScript_JsonStringify_IsTheLanguages(string script, string text) =>
        (await RunAsync("JavaScript", $"const got = (() => {script})(); if (got !== {System.Text.Json.JsonSerializer.Serialize(text)}) throw new Error(got); 1")).ShouldBeNull();

    [Theory]
    [InlineData("new Uint8Array([3, 1, 2]).sort().map(x => x * 2).join()", "2,4,6")]
    [InlineData("bytesToString(new Uint8Array([72, 105])) + Uint8Array.from([1, 2]).length + Uint8Array.of(7)[0] + Uint8Array.fromHex('ff')[0] + Float64Array.BYTES_PER_ELEMENT", "Hi272558")]
    [InlineData("(() => { class Mine extends Int16Array {} const a = new Mine(2); return [a instanceof Mine, a instanceof Int16Array, a.slice(1) instanceof Mine, Int16Array.name, Int16Array.length, Object.keys(Int16Array)].join(); })()", "true,true,true,Int16Array,3,")]
    [InlineData("(() => { try { return Uint8Array(1); } catch (error) { return error.name; } })()", "TypeError")]
    public async Task JavaScript_ListsOfBytes_AreTheLanguages(string script, string text) =>
        (await RunAsync("JavaScript", $"const got = ({script}); if (got !== {System.Text.Json.JsonSerializer.Serialize(text)}) throw new Error(got); 1")).ShouldBeNull();

    [Theory]
    [InlineData("JavaScript", "(")]
    [InlineData("JavaScript", "[")]
    [InlineData("JavaScript", "{")]
    [InlineData("JavaScript", "!")]
    [InlineData("JavaScript", "a=>")]
    [InlineData("JavaScript", "1+")]
    [InlineData("JavaScript", "if(1)")]
    public async Task Text_OfAHundredThousandLevels_IsAnIncident(string syntax, string opening) =>
        (await RunAsync(syntax, string.Concat(Enumerable.Repeat(opening, 100_000)))).ShouldNotBeNull();

    [Theory]
    [InlineData("{% if a %}", "", "{% endif %}")]
    [InlineData("{% for a in (1..9) %}", "", "{% endfor %}")]
    [InlineData("{{ a", "[a", "] }}")]
    [InlineData("{{ ", "(", "1) }}")]
    [InlineData("{% if ", "(", "a) %}")]
    public void Liquid_NestedTooDeeply_IsRefusedByTheParser(string first, string again, string last)
    {
        var template = again.Length == 0 ? string.Concat(Enumerable.Repeat(first, 100_000)) + string.Concat(Enumerable.Repeat(last, 100_000)) : first + string.Concat(Enumerable.Repeat(again, 100_000)) + last;

        ExpressionSyntax.FindError("Liquid", template).ShouldBe("The template is nested more than 100 levels deep.");
    }

    [Fact]
    public void Liquid_WithManyBlocksAndBrackets_IsNotNested() =>
        ExpressionSyntax.FindError("Liquid", string.Concat(Enumerable.Repeat("((([[[ {% if a %}{{ b[0] }}{% else %}{% for c in (1..2) %}{{ c }}{% endfor %}{% endif %}\n", 500))).ShouldBeNull();

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
