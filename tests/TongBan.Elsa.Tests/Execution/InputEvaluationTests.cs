using Elsa.Extensions;
using Elsa.Workflows;
using Elsa.Workflows.Activities;
using Elsa.Workflows.Attributes;
using Elsa.Workflows.Exceptions;
using Elsa.Workflows.Models;
using Shouldly;
using Xunit;

namespace TongBan.Elsa.Tests.Execution;

public sealed class InputEvaluationTests
{
    [Fact]
    public async Task EvaluateInputProperty_AgainAndAgain_YieldsWhatTheInputIsByThen()
    {
        var count = 0;
        var counter = new Counter { Number = new(() => ++count) };

        await MemoryRun.StartAsync(MemoryRun.Compile(counter));

        counter.Seen.ShouldBe([1, 2, 3]);
        counter.Unset.ShouldBeNull();
    }

    [Fact]
    public async Task While_WhoseConditionFails_NamesTheInput()
    {
        var loop = new While((Func<bool>)(() => throw new FormatException("bad")), new WriteLine("never"));

        var run = await MemoryRun.StartAsync(MemoryRun.Compile(loop));

        var exception = run.Workflow.Incidents.ShouldHaveSingleItem().Exception.ShouldNotBeNull();
        exception.Type.ShouldBe(typeof(InputEvaluationException));
        exception.Message.ShouldContain("Condition");
        exception.InnerException.ShouldNotBeNull().Message.ShouldBe("bad");
    }

    [Fact]
    public async Task NotFoundActivity_WhenReached_SaysWhichTypeIsMissing()
    {
        var run = await MemoryRun.StartAsync(MemoryRun.Compile(new NotFoundActivity { MissingTypeName = "Acme.Double", MissingTypeVersion = 2 }));

        var exception = run.Workflow.Incidents.ShouldHaveSingleItem().Exception.ShouldNotBeNull();
        exception.Type.ShouldBe(typeof(ActivityNotFoundException));
        exception.Message.ShouldBe("Activity type 'Acme.Double' version '2' could not be found.");
    }

    public sealed class Counter : CodeActivity
    {
        [Input(AutoEvaluate = false)]
        public Input<int> Number { get; set; } = null!;

        [Input(AutoEvaluate = false)]
        public Input<string>? Missing { get; set; }

        public List<int?> Seen { get; } = [];

        public object? Unset { get; private set; } = "";

        protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
        {
            Seen.Add(await context.EvaluateInputPropertyAsync<Counter, int>(counter => counter.Number));
            Seen.Add((int?)await context.EvaluateInputPropertyAsync(nameof(Number)));
            Seen.Add(await context.EvaluateAsync(Number));
            Unset = await context.EvaluateInputPropertyAsync(nameof(Missing));
        }
    }
}
