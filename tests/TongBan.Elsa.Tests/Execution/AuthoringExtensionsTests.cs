using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Memory;
using Elsa.Workflows.Runtime.Stimuli;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Execution;

/// <summary>What activities of an application commonly ask for.</summary>
public sealed class AuthoringExtensionsTests
{
    [Fact]
    public void Dictionary_ReadAsAType_ConvertsOrSaysNo()
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal) { ["n"] = "42" }.AddInput(new DateOnly(2026, 11, 27)).AddInput("flag", true);

        values.TryGetValue<int>("n", out var number).ShouldBeTrue();
        number.ShouldBe(42);
        values.TryGetValue<int>("none", out _).ShouldBeFalse();
        values.TryGetValue<int>(["none", "n"], out number).ShouldBeTrue();
        values.GetValue<DateOnly>(nameof(DateOnly)).Day.ShouldBe(27);
        values.GetValueOrDefault("none", () => 7).ShouldBe(7);
        values.GetValueOrDefault<bool>("flag").ShouldBeTrue();

        values.Merge(new Dictionary<string, object>(StringComparer.Ordinal) { ["n"] = 1 });
        values["n"].ShouldBe(1);
    }

    [Fact]
    public async Task Memory_SetByAnActivity_IsSeenInTheContainer()
    {
        var total = new Variable<int>("Total", 1);
        var seen = 0;
        var sequence = new Sequence { Activities = { new Adder(total), new Inline(context => { seen = total.Get(context); }) } };
        sequence.Variables.Declare(total);
        sequence.Variables.Declare(new Variable<int>("Total", 9));

        await MemoryRun.StartAsync(MemoryRun.Compile(sequence));

        sequence.Variables.ShouldHaveSingleItem();
        seen.ShouldBe(5);
    }

    [Fact]
    public async Task Context_OfAnActivity_KeepsFactsForToolsAndNamesPorts()
    {
        var run = await MemoryRun.StartAsync(Flows.Chart("facts", ["e=event:facts"], []));
        var context = run.Workflow.ActivityExecutionContexts.Last();

        context.GetExtensionsMetadata().ShouldBeNull();
        context.SetExtensionsMetadata("Cost", 3);
        context.SetExtensionsMetadata("Cost", 4);
        context.GetExtensionsMetadata().ShouldNotBeNull()["Cost"].ShouldBe(4);
        run.Workflow.Bookmarks.Filter("Elsa.Event").ShouldHaveSingleItem().GetPayload<EventStimulus>().EventName.ShouldBe("facts");

        var gate = await MemoryRun.StartAsync(MemoryRun.Compile(new Gate()));
        var at = gate.Workflow.ActivityExecutionContexts.Last();
        at.GetOutcomeName(nameof(Gate.Open)).ShouldBe("Opened");
        at.GetOutcomeName(nameof(Gate.Shut)).ShouldBe(nameof(Gate.Shut));
        Should.Throw<InvalidOperationException>(() => at.GetOutcomeName("Ajar"));
    }

    public sealed class Adder(Variable total) : CodeActivity
    {
        protected override void Execute(ActivityExecutionContext context) => total.Set(context, total.Get<int>(context) + (int)context.Get(total.Id)! + 3);
    }

    public sealed class Gate : Activity
    {
        [Port("Opened")]
        public IActivity? Open { get; set; }

        public IActivity? Shut { get; set; }
    }
}
